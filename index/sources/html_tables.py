"""The rows of a table as lines that can be read, and quoted, by themselves. Pure.

A cell says little without its column: "17" is what has the heading "Gold". So a row becomes its
first cell, and each other one with its heading: "Norland: 17 Gold, 9 Silver".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

_NUMBER = re.compile(r"[-+−–]?[$£€¥]? ?\d[\d.,\u202f\u00a0 ]*(?:%|[a-z]{1,2})?", re.I)
_YEAR = re.compile(r"[12]\d{3}")
_MOST_CELL = 200
"""Characters of a cell: what is longer is a page laid out as a table."""
_MOST_COLUMNS, _MOST_ROWS = 40, 2000

Row = list[str]


def as_lines(table: Any) -> list[str] | None:
    """A line for each row of the element ``table``; None when it only lays out a page."""
    if next(table.iterdescendants("table"), None) is not None:
        return None
    grid = [(row, _is_heading(element)) for element, row in _grid(table)]
    filled = [(row, heading) for row, heading in grid if any(row)]
    if sum(sum(map(bool, row)) > 1 for row, _ in filled) < min(2, len(filled)) or not filled:
        return None
    if any(len(cell) > _MOST_CELL for row, _ in filled for cell in row):
        return None
    headings = _headings(filled)
    body = [row for row, heading in filled if not heading and row != headings]
    caption = next((_text(each) for each in table.iterchildren("caption")), "")
    return [*([caption] if caption else []), *(_line(row, headings) for row in body)]


def _grid(table: Any) -> Iterator[tuple[Any, Row]]:
    """Each row with the texts of its columns: a cell that spans rows stands in each of them."""
    spanning: dict[int, tuple[str, int]] = {}
    for row in islice(table.iterdescendants("tr"), _MOST_ROWS):
        cells: Row = []
        below: dict[int, tuple[str, int]] = {}

        def add(text: str, rows: int, cells: Row = cells, below: Any = below) -> None:
            if rows > 1:
                below[len(cells)] = text, rows - 1
            cells.append(text)

        for cell in islice(row.iterchildren("td", "th"), _MOST_COLUMNS):
            while len(cells) in spanning:
                add(*spanning.pop(len(cells)))
            text, rows = _text(cell), _span(cell, "rowspan", _MOST_ROWS)
            for number in range(_span(cell, "colspan", _MOST_COLUMNS)):
                add(text if not number or cell.tag == "th" else "", rows)
        while len(cells) in spanning:
            add(*spanning.pop(len(cells)))
        spanning = below
        yield row, cells[:_MOST_COLUMNS]


def _span(cell: Any, name: str, most: int) -> int:
    said = str(cell.get(name) or "")
    return min(max(int(said), 1), most) if re.fullmatch(r"[0-9]{1,4}", said) else 1


def _is_heading(row: Any) -> bool:
    cells = list(row.iterchildren("td", "th"))
    in_head = getattr(row.getparent(), "tag", None) == "thead"
    return bool(cells) and (in_head or (len(cells) > 1 and all(c.tag == "th" for c in cells)))


def _headings(rows: list[tuple[Row, bool]]) -> Row:
    """The heading of each column: of the last row of them, or of a first row of words that stands
    above numbers."""
    marked = [row for row, heading in rows if heading]
    if marked:
        return marked[-1]
    first, rest = rows[0][0], [row for row, _ in rows[1:]]
    above_numbers = any(
        rest and all(_NUMBER.fullmatch(row[at]) for row in rest if at < len(row) and row[at])
        for at in range(1, len(first))
    )
    words = all(_YEAR.fullmatch(each) or not _NUMBER.fullmatch(each) for each in first)
    return first if above_numbers and words and not _NUMBER.fullmatch(first[0]) else []


def _line(row: Row, headings: Row) -> str:
    named = [
        (cell, headings[at] if at < len(headings) else "") for at, cell in enumerate(row) if cell
    ]
    (first, heading), rest = named[0], named[1:]
    if heading and _NUMBER.fullmatch(first):
        first = _with(first, heading)
    return f"{first}: {', '.join(_with(*each) for each in rest)}" if rest else first


def _with(cell: str, heading: str) -> str:
    """17 Gold, but Director Tess Urwin, Year 2023, and 4,100 (2020) in the column of 2020."""
    if not heading or heading == cell:
        return cell
    if any(map(str.isdigit, heading)):
        return f"{cell} ({heading})"
    counted = _NUMBER.fullmatch(cell) and not _YEAR.fullmatch(cell)
    return f"{cell} {heading}" if counted else f"{heading} {cell}"


def _text(element: Any) -> str:
    """The text of a cell on one line. What a block or a line break parts does not run together."""
    for inner in element.iterdescendants("br", "p", "div", "li"):
        inner.text, inner.tail = f" {inner.text or ''}", f" {inner.tail or ''}"
    return " ".join("".join(element.itertext()).split())
