"""The floors and the doors of the house, held by its imports."""

import ast
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ("index", "retrieval", "evaluation", "bot")  # each may import itself and those before it
DOORS = {
    "faiss": "index/dense.py",
    "sentence_transformers": "index/encoder.py",
    "huggingface_hub": "index/encoder.py",
    "tokenizers": "index/word_pieces.py",
    "safetensors": "index/weights.py",
    "onnx": "index/bert_graph.py",
    "onnxruntime": "index/onnx_model.py",
    "sentencex": "index/sentences.py",
    "Stemmer": "index/words.py",
    "rank_bm25": "index/okapi.py",
    "rapidfuzz": "retrieval/wording.py",
    "filelock": "index/local.py",
    "dateutil": "index/clean.py",
    "trafilatura": "index/html_articles.py",
    "lxml": "index/html_articles.py",
    "feedparser": "index/feeds.py",
    "httpcore": "index/web.py",
    "datasketch": "index/duplicates.py",
    "prometheus_client": "bot/metrics.py",
    "prompt_toolkit": "bot/repl.py",
    "tornado": "bot/telegram_webhook.py",
}
SHARED = {  # libraries with a door in several files, because one would be too long or too low
    "sqlite3": ("index/catalogue.py", "index/catalogue_writer.py", "bot/state.py"),
    "telegram": tuple(f"bot/telegram_{name}.py" for name in (
        "admin", "bot", "buttons", "commands", "faults", "inbox", "inline", "polling", "questions",
        "run", "sending", "webhook",
    )),
}  # fmt: skip
ENTRANCES = {module: (door,) for module, door in DOORS.items()} | SHARED
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


def test_every_door_is_used() -> None:
    for module, doors in ENTRANCES.items():
        for door in doors:
            assert module in imported(ROOT / door), f"{door} no longer imports {module}"


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    """`pullquote --help` must not wait for torch."""
    files = ("bot/cli.py", "bot/config.py", "index/encoder.py", "index/sources.py",
             "index/fast_encoder.py", "index/onnx_model.py", "retrieval/onnx_reader.py",
             "retrieval/reading.py", "bot/wiring.py")  # fmt: skip
    for name in (*files, "index/html_articles.py", "index/feeds.py", "index/duplicates.py"):
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
        assert not top & {"trafilatura", "lxml", "feedparser", "index.web", "index.pages"}


def test_each_package_has_one_owner() -> None:
    """Another distribution that ships a package called `bot` would silently win."""
    owners = metadata.packages_distributions()
    for package in FLOORS:
        assert set(owners.get(package, ["pullquote"])) == {"pullquote"}
