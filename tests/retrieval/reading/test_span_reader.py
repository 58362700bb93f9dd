"""The reader that ships with pullquote, on the seed article and on long and foreign texts."""

from __future__ import annotations

import copy
import json
import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.errors import ModelError
from index.folder.folder_store import FolderStore
from index.model import Passage, Reference
from index.models.bert_graph import span_graph
from index.models.encoder import DEFAULT_MODEL, Encoder, find_model
from index.models.graph_runner import OnnxModel
from index.texts import find_article
from retrieval.answer import Answer, quotes_of
from retrieval.finding.hits import Hit
from retrieval.network.fp32_reader import AdapterModel
from retrieval.network.int8_reader import OnnxSpanModel
from retrieval.network.reader_weights import reader_weights
from retrieval.network.shipped import FOLDER, calibration
from retrieval.pipeline import Answerer
from retrieval.question.asked import Question
from retrieval.reading.span_reader import SpanModel, SpanReader
from tests.word_encoder import WordEncoder


@pytest.fixture(scope="module", params=["int8", "fp32"])
def model(request: pytest.FixtureRequest, cache: Path) -> SpanModel:
    return OnnxSpanModel(cache, print) if request.param == "int8" else AdapterModel()


@pytest.fixture(scope="module")
def answerer(seed_index: Path, encoder: Encoder, model: SpanModel) -> Answerer:
    generation = FolderStore(seed_index).open_current()
    return Answerer(generation, encoder, SpanReader(model, calibration()))


def test_the_answer_is_highlighted_in_its_sentence(answerer: Answerer) -> None:
    reply = answerer.answer("Who is the spokesman of the NRF?")
    assert isinstance(reply, Answer)
    quote = reply.claims[0].quotes[0]
    assert quote.highlight and quote.text[slice(*quote.highlight)] == reply.claims[0].text
    assert "Fahim Dashti" in reply.claims[0].text and quote.text.endswith("Zara.")


TEXTS = [
    "The spokesman is Fahim Dashti.",
    "Élodie Zürcher 😀 said in São Tomé that 日本 would pay €3.5bn. مرحبا بالعالم.",
    "The mayor spoke. " * 200 + "The bridge cost nine million euros. " + "It rained. " * 200,
    "e\u0301te\u0301 ...",
]


def test_the_same_alone_or_in_a_batch(model: SpanModel) -> None:
    together = model.logits("How much did the bridge cost?", TEXTS)
    for text, said in zip(TEXTS, together, strict=True):
        (alone,) = model.logits("How much did the bridge cost?", [text])
        for one, other in zip(alone.windows, said.windows, strict=True):
            assert one.begin == other.begin
            np.testing.assert_allclose(one.start, other.start, atol=1e-4)
            np.testing.assert_allclose(one.end, other.end, atol=1e-4)
            assert one.null == pytest.approx(other.null, abs=1e-4)


def test_windows_reach_the_end_of_a_long_passage(model: SpanModel) -> None:
    passage = Passage(0, Reference("a", "T"), 0, TEXTS[2], ((0, len(TEXTS[2])),))
    reader = SpanReader(model, calibration())
    best = reader.read(
        Question.alone("How much did the bridge cost?"), [Hit(passage, 0.6, 9.0, 1.0)]
    )[0]
    assert "nine million" in TEXTS[2][best.start : best.end]


def test_offsets_in_an_article_of_fifty_thousand_words(tmp_path: Path, model: SpanModel) -> None:
    source = random.Random(2)
    filler = ["The council met in Zürich.", "“Nothing,” said Élodie 😀.", "It rained all day."]
    sentences = [source.choice(filler) for _ in range(12_500)]
    sentences.insert(7_777, "The ferry Morning Star was built in Gdańsk by Piotr Wałęsa.")
    (tmp_path / "long.txt").write_text("A long report\n\n" + " ".join(sentences))
    store = FolderStore(tmp_path / "index")
    build([tmp_path / "long.txt"], store, WordEncoder)
    generation, encoder = store.open_current(), WordEncoder()
    answerer = Answerer(generation, encoder, SpanReader(model, calibration()), threshold=0.0)
    reply = answerer.answer("Who built the ferry Morning Star?")
    article = find_article(generation, "long")
    assert article and len(article.text.split()) > 45_000
    first = quotes_of(reply)[0]
    assert article.text[first.start : first.end] == first.text and "Piotr Wałęsa" in first.text
    assert first.highlight and "Piotr" in first.text[slice(*first.highlight)]


def test_eight_bits_say_what_fp32_says(cache: Path) -> None:
    """Before the products are made small, the graph and torch agree to the rounding of the word
    table, which the graph keeps in half precision."""
    base, _ = find_model(DEFAULT_MODEL)
    exact = OnnxModel(span_graph(reader_weights(base / "model.safetensors", FOLDER), int8=False))
    torch_model, small = AdapterModel(), OnnxSpanModel(cache, print)
    graph = copy.copy(small)
    graph._model = exact
    asked = "How much did the bridge cost?"
    triples = zip(*(m.logits(asked, TEXTS) for m in (torch_model, graph, small)), strict=True)
    for reference, same, near in triples:
        windows = zip(*(sorted(one.windows, key=lambda w: w.begin) for one in
                        (reference, same, near)), strict=True)  # fmt: skip
        for one, two, three in windows:
            np.testing.assert_allclose(two.start, one.start, atol=5e-3)
            np.testing.assert_allclose(two.end, one.end, atol=5e-3)
            assert np.corrcoef(one.start, three.start)[0, 1] > 0.98


def test_a_damaged_or_foreign_reader_is_a_clear_error(tmp_path: Path, cache: Path) -> None:
    manifest = json.loads((FOLDER / "manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, "base_sha256": "0" * 64}))
    shutil.copy(FOLDER / "adapter.safetensors", tmp_path)
    with pytest.raises(ModelError, match="another base"):
        OnnxSpanModel(cache, print, tmp_path)
    (tmp_path / "manifest.json").write_bytes((FOLDER / "manifest.json").read_bytes())
    (tmp_path / "adapter.safetensors").write_bytes(b"noise")
    with pytest.raises(ModelError, match="cannot be loaded"):
        AdapterModel(tmp_path)
    with pytest.raises(ModelError, match="damaged"):
        OnnxSpanModel(cache, print, tmp_path)
    with pytest.raises(ModelError, match="manifest"):
        calibration(tmp_path / "nowhere")


def test_the_shipped_reader_is_small() -> None:
    assert (FOLDER / "adapter.safetensors").stat().st_size <= 3_000_000
