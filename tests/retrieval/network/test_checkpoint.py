"""Any question-answering checkpoint: a small one with random weights, saved and loaded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.errors import ModelError
from index.model import Passage, Reference
from index.models.encoder import find_model
from retrieval.finding.hits import Hit
from retrieval.network.checkpoint import CALIBRATION, CheckpointModel
from retrieval.question.asked import Question
from retrieval.reading.span_reader import SpanReader

TEXTS = ["The NRF’s spokesman is Fahim Dashti. 😀 " * n for n in (1, 3, 60)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForQuestionAnswering

    torch.manual_seed(3)
    target = tmp_path_factory.mktemp("checkpoint")
    tokenizer = AutoTokenizer.from_pretrained(find_model("all-MiniLM-L6-v2")[0])
    tokenizer.save_pretrained(target)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32,
    )  # fmt: skip
    BertForQuestionAnswering(config).save_pretrained(target)
    return target


def test_logits_cover_the_text_alone_or_in_a_batch(folder: Path) -> None:
    model = CheckpointModel(str(folder))
    together = model.logits("Who is the spokesman?", TEXTS)
    assert len(together[2].windows) > 1  # longer than a row
    for text, said in zip(TEXTS, together, strict=True):
        (alone,) = model.logits("Who is the spokesman?", [text])
        for one, other in zip(alone.windows, said.windows, strict=True):
            np.testing.assert_allclose(one.start, other.start, atol=1e-4)
            assert one.begin == other.begin and one.null == pytest.approx(other.null, abs=1e-4)
        inside = [text[a:b] for a, b in zip(said.starts, said.ends, strict=True)]
        assert "".join(inside).replace(" ", "") == text.replace(" ", "")


def test_it_reads_spans(folder: Path) -> None:
    passage = Passage(0, Reference("a", "T"), 5, TEXTS[1], ((0, len(TEXTS[1])),))
    reader = SpanReader(CheckpointModel(str(folder)), CALIBRATION)
    spans = reader.read(Question.alone("Who?"), [Hit(passage, 0.5, 1.0, 1.0)])
    assert spans and all(0 <= span.score <= 1 for span in spans)
    assert [span.score for span in spans] == sorted((s.score for s in spans), reverse=True)


def test_a_checkpoint_that_is_not_here() -> None:
    with pytest.raises(ModelError, match=r"nobody/none.*\[reader\] model"):
        CheckpointModel("nobody/none")
