"""The rooms of the house by their files, and the arrows between them as docs/architecture.md draws
them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
FLOORS = ("index", "retrieval", "evaluation", "bot")
DRAWING = ROOT / "docs" / "architecture.md"
_GROUPS = {
    "index.ground": ("model", "errors", "durable", "paths", "links"),
    "index.seam": ("store", "texts"),
    "index.building": (
        "build", "build_options", "dating", "history", "ingest", "losses", "spool", "superseded",
    ),
    "retrieval.ground": ("answer", "quoting"),
    "retrieval.pipeline": ("pipeline",),
    "bot.ground": ("config", "redaction"),
    "bot.wiring": ("wiring",),
    "bot.cli": ("cli",),
}  # fmt: skip
_OF_FILE = {
    f"{room.split('.')[0]}/{name}.py": room for room, names in _GROUPS.items() for name in names
}
_ARROWS = re.compile(r"^ {4}([a-z.]+)(?: --> ([a-z. &]+))?$", re.MULTILINE)


def files(*folders: str) -> list[Path]:
    """All Python files of these folders, from the root of the repository."""
    found = (file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return sorted(file.relative_to(ROOT) for file in found)


def room_of(file: Path) -> str | None:
    """The room of a file; None for the floors' own `__init__`."""
    if file.parts[0] == "evaluation":
        return "evaluation"
    return ".".join(file.parts[:2]) if len(file.parts) > 2 else _OF_FILE.get(file.as_posix())


def drawn() -> dict[str, frozenset[str]]:
    """The rooms that each room may use, as drawn."""
    text = DRAWING.read_text(encoding="utf-8")
    block = text[text.index("```mermaid") : text.index("```", text.index("```mermaid") + 3)]
    return {
        room: frozenset((used or "").split(" & ")) - {""} for room, used in _ARROWS.findall(block)
    }


def imports(file: Path) -> set[str]:
    """Everything that a file imports anywhere, by its whole name: a.b for "from a import b"."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def used_rooms(file: Path) -> set[str]:
    """The rooms that a file uses."""
    found = set()
    for name in imports(file):
        if name.split(".")[0] in FLOORS:
            whole, outer = (
                Path(n.replace(".", "/") + ".py") for n in (name, name.rpartition(".")[0])
            )
            room = room_of(whole if (ROOT / whole).exists() else outer)
            assert room, f"{file} imports {name}, which stands in no room"
            found.add(room)
    return found
