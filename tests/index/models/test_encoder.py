"""The real model, and what happens without it."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelError
from index.models.bert_graph import sentence_graph
from index.models.encoder import (
    DEFAULT_MODEL,
    DEFAULT_WEIGHTS,
    Encoder,
    SentenceEncoder,
    find_model,
)
from index.models.graph_runner import OnnxModel
from index.models.weights import read_bert
from index.models.word_pieces import plain_tokenizer


@pytest.fixture(scope="module")
def reference() -> SentenceEncoder:
    return SentenceEncoder()


@pytest.fixture(params=["int8", "fp32"])
def either(request: pytest.FixtureRequest) -> Encoder:
    chosen: Encoder = request.getfixturevalue("encoder" if request.param == "int8" else "reference")
    return chosen


def test_the_default_weights_are_the_genuine_ones(either: Encoder) -> None:
    assert either.card.weights == DEFAULT_WEIGHTS
    assert (either.card.name, either.card.dim) == ("all-MiniLM-L6-v2", 384)


def test_rows_are_unit_and_the_same_alone_or_in_a_batch(either: Encoder) -> None:
    encoder = either
    texts = ["who leads the NRF?", "", "a much longer text " * 40, "café 😀", "who leads the NRF?"]
    rows = encoder.encode(texts)
    assert rows.shape == (5, 384) and rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(rows[0], encoder.encode([texts[0]])[0], atol=1e-5)
    np.testing.assert_allclose(rows[0], rows[4], atol=1e-5)
    assert encoder.encode([]).shape == (0, 384)


def test_meaning_is_near(either: Encoder) -> None:
    near, far, asked = either.encode(
        ["The spokesman of the front is Dashti.", "Oil prices rose.", "Who speaks for the rebels?"]
    )
    assert asked @ near > asked @ far


TEXTS = ["", "who leads the NRF?", "café 😀 日本 مرحبا", "It rained. " * 300,
         "The council met in Zürich on Monday and voted for the bridge."]  # fmt: skip


def test_the_graph_is_the_model(encoder: Encoder, reference: SentenceEncoder) -> None:
    """In fp32, to rounding; with 8-bit products, near it."""
    folder, _ = find_model(DEFAULT_MODEL)
    exact = OnnxModel(sentence_graph(read_bert(folder / "model.safetensors"), int8=False))
    tokenizer = plain_tokenizer(folder)
    expected, small = reference.encode(TEXTS), encoder.encode(TEXTS)
    for text, row, near in zip(TEXTS, expected, small, strict=True):
        pieces = tokenizer.encode(text).ids
        ids = np.array([pieces if len(pieces) <= 256 else [*pieces[:255], pieces[-1]]], np.int64)
        np.testing.assert_allclose(exact.run(ids, np.zeros_like(ids))[0], row, atol=2e-4)
        assert near @ row > 0.98
    assert encoder.card != reference.card and encoder.card.weights == reference.card.weights


def test_a_model_that_is_not_here_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"neither a folder nor in the local hub cache.*download"):
        find_model("nobody/no-such-model")
    with pytest.raises(ModelError, match="No model weights"):
        find_model(str(tmp_path))


def test_altered_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    genuine, _ = find_model("all-MiniLM-L6-v2")
    shutil.copytree(genuine, tmp_path / "model")
    with (tmp_path / "model" / "model.safetensors").open("r+b") as stream:
        stream.seek(-1, 2)
        stream.write(b"\x7f")
    monkeypatch.setattr("index.models.encoder._default_folder", lambda: tmp_path / "model")
    with pytest.raises(ModelError, match=r"not the genuine ones.*pip install"):
        find_model("all-MiniLM-L6-v2")


def test_a_broken_model_folder_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"nothing of the kind")
    with pytest.raises(ModelError, match="cannot be loaded"):
        SentenceEncoder(str(tmp_path))
