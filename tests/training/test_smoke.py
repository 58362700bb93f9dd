"""A few steps of training on inline examples, with a small random base."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from retrieval.network.span_network import SpanNetwork, merge_adapter
from training.batches import Mixture, Stream
from training.checkpoints import mean_weights
from training.data import SpanQuestion, build_items, split
from training.export import largest_change, pack, quantise_rows
from training.loss import span_loss
from training.train import Recipe, Trainer, rate_at, run

CITIES = (
    ("Oslo", "Ada Holm"), ("Rome", "Luca Riva"), ("Lima", "Rosa Paz"), ("Cairo", "Omar Aziz"),
    ("Paris", "Anne Roux"), ("Delhi", "Arun Rao"), ("Tokyo", "Ken Mori"), ("Quito", "Eva Luna"),
)  # fmt: skip


def questions() -> list[SpanQuestion]:
    """Sixteen questions: who opened a museum, and (unanswered) who closed it."""
    rows = []
    for number, (city, name) in enumerate(CITIES):
        context = f"The museum of {city} was opened on Monday by {name} after two years of work."
        other, _ = CITIES[(number + 1) % len(CITIES)]
        negative = f"The mayor of {other} spoke of a museum that was never built in {city}."
        answer = ((name, context.index(name)),)
        asked = f"Who opened the museum of {city}?"
        rows.append(SpanQuestion(f"a{number}", asked, context, answer, city, "x", "CC0", negative))
        asked = f"Who closed the museum of {city}?"
        rows.append(SpanQuestion(f"b{number}", asked, context, (), city, "x", "CC0", ""))
    return rows


def tokenizer() -> Tokenizer:
    """A word-piece tokenizer whose words are those of the examples and single letters."""
    words = {"[PAD]": 0, "[UNK]": 1}
    texts = [row.question + " " + row.context + " " + row.hard_negative for row in questions()]
    for word in sorted({w.strip(".?").lower() for t in texts for w in t.split()} | {".", "?"}):
        words.setdefault(word, len(words) + 200)
    made = Tokenizer(WordPiece(words, unk_token="[UNK]"))
    made.normalizer = BertNormalizer(lowercase=True)
    made.pre_tokenizer = BertPreTokenizer()
    return made


def trainer(mode: str, stable: int = 8, decay: int = 4) -> Trainer:
    """A trainer on a freshly drawn random base: the same one at every call."""
    torch.manual_seed(3)
    torch.set_num_threads(1)
    items, passages, texts = build_items(questions(), tokenizer())
    stream = Stream(items, passages, texts, tokenizer(), 1, 160, Mixture(0.3, 1.0, 0.5, 0.08, 0.5))
    rate = 3e-3 if mode == "lora" else 1e-3
    recipe = Recipe(mode=mode, rank=4, rate=rate, warmup=2, stable=stable, decay=decay)
    return Trainer(SpanNetwork(vocabulary=600, layers=2), stream, recipe)


@pytest.mark.parametrize("mode", ["lora", "full"])
def test_loss_falls(mode: str) -> None:
    one = trainer(mode, stable=12, decay=4)
    batch = trainer(mode).stream.next()

    def loss() -> float:
        with torch.no_grad():
            return float(span_loss(one.network(batch.ids, batch.kinds, batch.real), batch))

    before = loss()
    for _ in range(16):
        one.advance()
    assert loss() < 0.8 * before


def test_a_killed_run_continues_identically(tmp_path: Path) -> None:
    whole = trainer("lora")
    run(whole, tmp_path / "whole", save_seconds=1e9, keep_every=1000)
    first = trainer("lora")
    for _ in range(5):
        first.advance()
    (tmp_path / "cut").mkdir()
    first.save(tmp_path / "cut" / "last.pt")
    second = trainer("lora")
    torch.manual_seed(99)  # the checkpoint must bring the generator back as well
    run(second, tmp_path / "cut", save_seconds=1e9, keep_every=1000)
    assert second.step == whole.step == 12
    for name, value in whole.named.items():
        assert torch.equal(value, second.named[name]), name


def test_another_recipe_is_refused(tmp_path: Path) -> None:
    one = trainer("lora")
    one.save(tmp_path / "last.pt")
    other = trainer("lora")
    other.recipe = Recipe(rank=8)
    with pytest.raises(SystemExit, match="rank"):
        other.load(tmp_path / "last.pt")


@pytest.mark.parametrize("mode", ["lora", "full"])
def test_export_keeps_the_logits(mode: str, tmp_path: Path) -> None:
    one = trainer(mode)
    for _ in range(3):
        one.advance()
    torch.manual_seed(3)
    base = SpanNetwork(vocabulary=600, layers=2)
    packed = pack(base, {name: value.detach() for name, value in one.named.items()})
    save_file(packed, tmp_path / "adapter.safetensors")
    served = SpanNetwork(vocabulary=600, layers=2)
    served.load_state_dict(base.state_dict())
    merge_adapter(served, packed)
    assert largest_change(served, one.network, vocabulary=600) < 1e-2


def test_int8_rows_are_close() -> None:
    update = torch.randn(20, 30) * torch.logspace(-4, 0, 20)[:, None]
    rows, scale = quantise_rows(update)
    error = (rows.float() * scale[:, None] - update).abs()
    assert bool((error <= scale[:, None] * 0.501).all())


def test_shared_normalisation_prefers_the_right_passage() -> None:
    one = trainer("lora")
    batch = next(b for b in iter(one.stream.next, None) if len(set(b.group.tolist())) < len(b.ids))
    logits = torch.zeros(*batch.ids.shape, 2)
    flat = float(span_loss(logits, batch))
    rows = torch.arange(len(batch.first))
    logits[rows, batch.first, 0] = logits[rows, batch.last, 1] = 5.0
    assert float(span_loss(logits, batch)) < flat


def test_held_out_paragraphs_are_not_trained_on() -> None:
    rows = questions()
    train, held = split(rows, [rows[0].context])
    assert not {row.context for row in train} & {row.context for row in held}
    assert rows[0].context not in {row.context for row in train}


def test_the_rate_warms_up_stays_and_falls() -> None:
    recipe = Recipe(rate=1.0, warmup=10, stable=50, decay=50)
    rates = [rate_at(step, recipe) for step in range(100)]
    assert rates[0] == 0.1 and rates[10] == rates[49] == 1.0
    assert rates[49:] == sorted(rates[49:], reverse=True) and rates[-1] == 0.0


def test_a_straight_decay_falls_by_equal_steps() -> None:
    recipe = Recipe(rate=1.0, warmup=10, stable=10, decay=50, shape="linear")
    falls = np.diff([rate_at(step, recipe) for step in range(10, 60)])
    np.testing.assert_allclose(falls, -1 / 50, atol=1e-12)


def test_a_run_may_begin_at_the_weights_of_another(tmp_path: Path) -> None:
    first, second = trainer("lora"), trainer("lora")
    for _ in range(3):
        first.advance()
    first.save(tmp_path / "first.pt")
    second.begin_at([tmp_path / "first.pt"])
    for name, value in first.named.items():
        assert torch.equal(value, second.named[name]), name
    assert second.step == 0 and second.begun_at and second.begun_at["step"] == 3
    second.save(tmp_path / "second.pt")
    third = trainer("lora")
    third.load(tmp_path / "second.pt")
    assert third.begun_at == second.begun_at
    with pytest.raises(SystemExit, match="mode"):
        trainer("full").begin_at([tmp_path / "first.pt"])


def test_a_run_may_begin_at_the_mean_of_several(tmp_path: Path) -> None:
    first, second = trainer("lora"), trainer("lora")
    first.save(tmp_path / "0.pt")
    before = {name: value.detach().clone() for name, value in first.named.items()}
    first.advance()
    first.save(tmp_path / "1.pt")
    second.begin_at([tmp_path / "0.pt", tmp_path / "1.pt"])
    for name, value in first.named.items():
        torch.testing.assert_close(second.named[name], (before[name] + value) / 2)
    assert second.begun_at and [one["step"] for one in second.begun_at["averaged"]] == [0, 1]


def test_news_is_shown_as_not_here() -> None:
    news = {row.id: "The weather in the north stayed cold." for row in questions()}
    items, passages, texts = build_items(questions(), tokenizer(), news)
    assert {texts[item.news] for item in items} == set(news.values())
    stream = Stream(items, passages, texts, tokenizer(), 1, 160, Mixture(0.3, 1.0, 0.5, 0.08, 0.5))
    shown = passages[items[0].news].ids.tolist()
    rows = [
        (batch.ids[row].tolist(), int(batch.first[row]))
        for batch in (stream.next() for _ in range(200))
        for row in range(len(batch.ids))
    ]
    found = [first for ids, first in rows if " ".join(map(str, shown)) in " ".join(map(str, ids))]
    assert found and set(found) == {0}


def test_the_mean_of_checkpoints_is_their_weights_mean() -> None:
    states = [
        {"weights": {"a": torch.tensor([1.0, 2.0])}},
        {"weights": {"a": torch.tensor([3.0, 6.0])}},
    ]
    assert mean_weights(states)["a"].tolist() == [2.0, 4.0]
