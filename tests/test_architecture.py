"""The floors and the doors of the house, held by its imports."""

import ast
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ("index", "retrieval", "evaluation", "bot")  # each may import itself and those before it
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
    "dateutil": "index/language/dates.py",
    "trafilatura": "index/sources/html_pages.py",
    "lxml": "index/sources/html_pages.py",
    "feedparser": "index/sources/feeds.py",
    "httpcore": "index/sources/web.py",
    "datasketch": "index/articles/duplicates.py",
    "prometheus_client": "bot/service/metrics.py",
    "prompt_toolkit": "bot/terminal/repl.py",
    "tornado": "bot/messenger/webhook.py",
}
SHARED = {  # libraries with a door in several files, because one would be too long or too low
    "sqlite3": (
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
ROOMS = {  # of retrieval: the others that each may use
    "question": (),
    "finding": ("question",),
    "reading": ("question", "finding"),
    "deciding": ("question", "finding"),
    "network": ("reading",),
}
GROUND = ("retrieval.answer", "retrieval.quoting", "retrieval.reading.reader")
"""What all rooms speak of: replies, quotes, spans."""
FILES = sorted(file for floor in FLOORS for file in (ROOT / floor).rglob("*.py"))


def imported(file: Path) -> set[str]:
    """The modules that a file imports anywhere, by their first names."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            found.add(str(node.module).split(".")[0])
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_floors_and_doors(file: Path) -> None:
    name = file.relative_to(ROOT).as_posix()
    floor = FLOORS.index(name.split("/")[0])
    modules = imported(file)
    assert not modules & set(FLOORS[floor + 1 :]), f"{name} imports upward"
    wrong = {
        module for module, doors in ENTRANCES.items() if module in modules and name not in doors
    }
    assert not wrong, f"{name} is not the door to {wrong}"
    assert not modules & {"pickle", "shelve", "marshal"}
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 250, f"{name} has {len(lines)} lines"
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, f"{name}: {node.name} is too long"


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_do_not_need_each_other(room: str) -> None:
    """No room uses one that uses it."""
    open_to = (*GROUND, *(f"retrieval.{name}." for name in (room, *ROOMS[room])))
    for file in (ROOT / "retrieval" / room).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("retrieval."):
                wanted = [f"{node.module}.{alias.name}" for alias in node.names]
                assert all(one.startswith(open_to) for one in wanted), f"{file}: {wanted}"


def test_words_about_language_need_nothing_else() -> None:
    for file in (ROOT / "index" / "language").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("index."):
                assert str(node.module).startswith("index.language"), f"{file}: {node.module}"


def test_every_door_is_used() -> None:
    for module, doors in ENTRANCES.items():
        for door in doors:
            assert module in imported(ROOT / door), f"{door} no longer imports {module}"


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


def test_each_package_has_one_owner() -> None:
    """Another distribution that ships a package called `bot` would silently win."""
    owners = metadata.packages_distributions()
    for package in FLOORS:
        assert set(owners.get(package, ["pullquote"])) == {"pullquote"}
