"""The floors, rooms and doors of the house, held by its imports."""

import ast
from importlib import metadata
from pathlib import Path

import pytest

from tests.rooms import FLOORS, ROOT, drawn, files, imports, room_of, used_rooms

DOORS = {
    "faiss": "index/folder/dense.py",
    "sentence_transformers": "index/models/encoder.py",
    "huggingface_hub": "index/models/encoder.py",
    "tokenizers": "index/models/word_pieces.py",
    "safetensors": "index/models/weights.py",
    "onnx": "index/models/bert_graph.py",
    "onnxruntime": "index/models/graph_runner.py",
    "sentencex": "index/language/sentences.py",
    "Stemmer": "index/language/words.py",
    "rank_bm25": "index/folder/okapi.py",
    "rapidfuzz": "retrieval/question/wording.py",
    "filelock": "index/folder/folder_store.py",
    "dateparser": "index/sources/dates.py",
    "charset_normalizer": "index/sources/encodings.py",
    "trafilatura": "index/sources/html_pages.py",
    "lxml": "index/sources/html_pages.py",
    "feedparser": "index/sources/feeds.py",
    "markdown_it": "index/articles/markdown.py",
    "httpcore": "index/sources/web.py",
    "prometheus_client": "bot/service/metrics.py",
    "prompt_toolkit": "bot/terminal/repl.py",
    "tornado": "bot/messenger/webhook.py",
}
SHARED: dict[str, tuple[str, ...]] = {
    # a door in several files, because one would be too long or too low
    "torch": (
        "index/models/importing.py",
        *(f"retrieval/network/{name}.py" for name in ("checkpoint", "fp32_reader", "span_network")),
    ),
    "transformers": ("index/models/encoder.py", "retrieval/network/checkpoint.py"),
    "sqlite3": (
        "index/folder/catalogue_file.py",
        "index/folder/catalogue.py", "index/folder/catalogue_writer.py", "bot/service/state.py",
    ),
    "telegram": tuple(f"bot/messenger/{name}.py" for name in (
        "admin", "app", "commands", "faults", "inbox", "inline", "polling", "presses", "questions",
        "run", "sending", "webhook",
    )),
}  # fmt: skip
ENTRANCES = {module: (door,) for module, door in DOORS.items()} | SHARED
LIGHT = (
    "bot/cli.py", "bot/config.py", "bot/wiring.py", "index/articles/duplicates.py",
    "index/models/encoder.py", "index/models/fast_encoder.py", "index/models/graph_runner.py",
    "index/sources/feeds.py", "index/sources/html_pages.py", "index/sources/reading.py",
    "retrieval/network/int8_reader.py", "retrieval/network/shipped.py",
)  # fmt: skip
"""What every command imports, and what it imports when it must."""
FILES = files(*FLOORS)
WORKSHOPS = ("training", "benchmarks")
"""They may use all floors and libraries of their own, but ours only through our doors."""
OWN = {"torch", "transformers", "sentence_transformers", "onnxruntime", "faiss", "rank_bm25",
       "onnx", "safetensors", "tokenizers", "sentencex"}  # fmt: skip
"""Libraries that are measured or trained with by themselves, too."""


def firsts(file: Path) -> set[str]:
    return {name.split(".")[0] for name in imports(file)}


@pytest.mark.parametrize("file", FILES, ids=Path.as_posix)
def test_a_file_uses_what_its_room_may(file: Path) -> None:
    room = room_of(file)
    if room is None:
        assert file.name == "__init__.py", f"{file} stands in no room"
        return
    more = used_rooms(file) - drawn()[room] - {room}
    assert not more, f"{file} uses {more}, which docs/architecture.md does not let {room}"


def test_every_arrow_is_needed_and_none_goes_round() -> None:
    needed: dict[str, set[str]] = {room: set() for room in drawn()}
    for file in FILES:
        if room := room_of(file):
            needed[room] |= used_rooms(file) - {room}
    assert needed == {room: set(used) for room, used in drawn().items()}
    left = dict(drawn())
    while free := [room for room, used in left.items() if not used & left.keys()]:
        for room in free:
            del left[room]
    assert not left, f"these rooms use each other: {sorted(left)}"


def test_each_room_says_what_it_is_and_what_it_may_use() -> None:
    for room, used in drawn().items():
        folder = ROOT / room.replace(".", "/")
        if "." not in room or not folder.is_dir():
            continue
        said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text())) or ""
        what, _, may = said.partition("\n\n")
        assert what and "\n" not in what, f"{room} says in a line what it is"
        named = set(may.removeprefix("It may use ").rstrip(".").replace(",", " ").split())
        assert named - {"and", "nothing"} == used, f"{room} may use {sorted(used)}"


@pytest.mark.parametrize("file", FILES, ids=Path.as_posix)
def test_a_library_has_its_door_and_a_file_its_size(file: Path) -> None:
    name, modules = file.as_posix(), firsts(file)
    wrong = {m for m, doors in ENTRANCES.items() if m in modules and name not in doors}
    assert not wrong, f"{name} is not the door to {wrong}"
    assert not modules & {"pickle", "shelve", "marshal"}
    assert not modules & {
        "sklearn",
        "scipy",
        "matplotlib",
        "ir_measures",
        "torchmetrics",
        *WORKSHOPS,
    }
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 250, f"{name} has {len(lines)} lines"
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, f"{name}: {node.name} is too long"


@pytest.mark.parametrize("file", files(*WORKSHOPS), ids=Path.as_posix)
def test_workshops_go_through_our_doors(file: Path) -> None:
    assert not (firsts(file) & ENTRANCES.keys()) - OWN


def test_every_door_is_used() -> None:
    for module, doors in ENTRANCES.items():
        for door in doors:
            assert module in firsts(Path(door)), f"{door} no longer imports {module}"


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    """`pullquote --help` must not wait for torch."""
    for name in LIGHT:
        tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
        top = {a.name for n in tree.body if isinstance(n, ast.Import) for a in n.names}
        top |= {str(n.module) for n in tree.body if isinstance(n, ast.ImportFrom)}
        assert not top & {
            "torch",
            "transformers",
            "onnx",
            "sentence_transformers",
            "telegram",
            "datasketch",
            "prometheus_client",
        }
        assert not top & {"trafilatura", "lxml", "feedparser"}
        assert not top & {"index.sources.web", "index.sources.pages"}


def shared_packages() -> dict[str, set[str]]:
    """Our packages that other distributions ship too, and which do."""
    owners = metadata.packages_distributions()
    others = {package: set(owners.get(package, ())) - {"pullquote"} for package in FLOORS}
    return {package: names for package, names in others.items() if names}


def test_each_package_has_one_owner() -> None:
    """Another distribution that ships a package called `bot` would silently win."""
    assert shared_packages() == {}


def test_another_owner_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "robots-1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: robots\nVersion: 1.0\n")
    (installed / "RECORD").write_text("bot/__init__.py,,\nsprockets/__init__.py,,\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert shared_packages() == {"bot": {"robots"}}


def test_a_class_name_stands_for_one_thing() -> None:
    """Among the public ones: who reads "a Question" must not have to ask which."""
    places: dict[str, list[str]] = {}
    for file in (*FILES, *files(*WORKSHOPS, "tools")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(file.as_posix())
    twice = {name: where for name, where in places.items() if len(where) > 1}
    assert not twice
