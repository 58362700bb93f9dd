"""Train the reader: ``python -m training.train --data DIR --base DIR --out DIR``.

Reproducible from (seed, stable steps, decay steps): the learning rate warms up, stays,
and falls to zero, straight or along 1 - sqrt (Hägele et al. 2024, "Scaling laws and
compute-optimal training beyond fixed training durations").  A run that is killed goes on
from its last checkpoint with the same weights that it would have had.  ``--init`` begins a
run at the mean of other runs' checkpoints.
"""

from __future__ import annotations

import argparse
import logging
import math
import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from retrieval.network.span_network import SpanNetwork, load_base
from training.batches import Mixture, Stream
from training.checkpoints import averaged, load_checkpoint, mean_weights
from training.data import build_items, load_tokenizer, read_news, read_questions, split
from training.loss import span_loss
from training.network import add_lora, unfreeze
from training.rows import Batch

LOG = logging.getLogger("training")


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides the weights, besides the data."""

    seed: int = 17
    mode: str = "lora"  # or "full": every layer's own weights
    rank: int = 32
    rate: float = 1.5e-3
    tokens: int = 1280  # word pieces in a batch, padding included
    shards: int = 2  # batches in a step, each on a thread of its own
    warmup: int = 100
    stable: int = 2000  # steps before the decay, warm-up included
    decay: int = 600
    shape: str = "sqrt"  # of the decay; or "linear"
    weight_decay: float = 0.01
    clip: float = 1.0
    negatives: float = 0.30  # see `Mixture`
    reasons: float = 1.0
    titles: float = 0.5
    edited: float = 0.08
    near: float = 0.0


def rate_at(step: int, recipe: Recipe) -> float:
    """The learning rate of a step, counted from 0."""
    if step < recipe.warmup:
        return recipe.rate * (step + 1) / recipe.warmup
    if step < recipe.stable:
        return recipe.rate
    done = (step - recipe.stable + 1) / max(1, recipe.decay)
    return recipe.rate * max(0.0, 1.0 - (done if recipe.shape == "linear" else math.sqrt(done)))


class Trainer:
    """Network, optimiser and data position: everything that a checkpoint holds."""

    def __init__(self, network: SpanNetwork, stream: Stream, recipe: Recipe) -> None:
        self.network, self.stream, self.recipe, self.step = network, stream, recipe, 0
        self.earlier: list[dict[str, int]] = []  # schedules that held up to some step
        self.begun_at: dict[str, Any] | None = None  # the run whose weights this one took
        if recipe.mode == "lora":
            add_lora(network, recipe.rank, recipe.seed)
        else:
            unfreeze(network, recipe.seed)
        self.pool = ThreadPoolExecutor(recipe.shards)
        self.named = {n: p for n, p in network.named_parameters() if p.requires_grad}
        matrices = [p for p in self.named.values() if p.ndim > 1]
        vectors = [p for p in self.named.values() if p.ndim == 1]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": matrices, "weight_decay": recipe.weight_decay},
                {"params": vectors, "weight_decay": 0.0},
            ],
            lr=recipe.rate, betas=(0.9, 0.98), fused=True,
        )  # fmt: skip

    def advance(self) -> tuple[float, int]:
        """One step; return its loss and its number of rows."""
        if self.step >= self.recipe.stable:
            self.stream.enter("decay")
        for group in self.optimiser.param_groups:
            group["lr"] = rate_at(self.step, self.recipe)
        batches = [self.stream.next() for _ in range(self.recipe.shards)]
        # One thread a batch meets the others once a step; threads inside each operation
        # would meet at every product, and wait there whenever the cores are shared.
        results = list(self.pool.map(self._gradients, batches))
        for index, parameter in enumerate(self.named.values()):
            total = results[0][1][index]
            for _, more in results[1:]:
                total = total + more[index]
            parameter.grad = total / len(results)
        nn.utils.clip_grad_norm_(list(self.named.values()), self.recipe.clip)
        self.optimiser.step()
        self.step += 1
        loss = sum(loss for loss, _ in results) / len(results)
        return loss, sum(len(batch.ids) for batch in batches)

    def _gradients(self, batch: Batch) -> tuple[float, tuple[Tensor, ...]]:
        """Loss and gradients of one batch, without touching the parameters."""
        loss = span_loss(self.network(batch.ids, batch.kinds, batch.real), batch)
        return float(loss.detach()), torch.autograd.grad(loss, list(self.named.values()))

    def save(self, path: Path) -> None:
        """Write a checkpoint aside and move it into place, so that none is ever torn."""
        beside = path.with_suffix(".part")
        state: dict[str, Any] = {
            "recipe": asdict(self.recipe),
            "step": self.step,
            "earlier": self.earlier,
            "begun_at": self.begun_at,
            "stream": self.stream.state(),
            "weights": {name: p.detach() for name, p in self.named.items()},
            "optimiser": self.optimiser.state_dict(),
            "random": torch.get_rng_state(),
        }
        with beside.open("wb") as stream:
            torch.save(state, stream)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)

    def begin_at(self, paths: Sequence[Path]) -> None:
        """Take the mean of the weights of other runs' checkpoints, and nothing else of them."""
        states = [load_checkpoint(path) for path in paths]
        for path, state in zip(paths, states, strict=True):
            if state["recipe"]["mode"] != self.recipe.mode:
                raise SystemExit(f"{path} holds another mode's weights; give --mode")
        self._take(mean_weights(states))
        kept = ("recipe", "step", "earlier", "begun_at")
        self.begun_at = {name: states[-1][name] for name in kept if states[-1].get(name)}
        if len(states) > 1:
            self.begun_at["averaged"] = averaged(states)

    def _take(self, weights: dict[str, Tensor]) -> None:
        with torch.no_grad():
            for name, value in weights.items():
                self.named[name].copy_(value)

    def load(self, path: Path) -> None:
        """Continue from a checkpoint; the recipe's step counts may differ, nothing else.

        A schedule that is given up before its end is remembered: the weights depend on it.
        """
        state = load_checkpoint(path)
        mine = asdict(self.recipe)
        for name, value in state["recipe"].items():
            if name not in ("stable", "decay") and mine[name] != value:
                raise SystemExit(
                    f"{path} was made with {name} = {value}, this run has {mine[name]}; "
                    "give the same recipe or another --out"
                )
        self._take(state["weights"])
        old = {name: int(state["recipe"][name]) for name in ("stable", "decay")}
        self.earlier = list(state.get("earlier", []))
        self.begun_at = state.get("begun_at")
        if int(state["step"]) > old["stable"] and old != {name: mine[name] for name in old}:
            self.earlier.append({"until": int(state["step"]), **old})
        self.optimiser.load_state_dict(state["optimiser"])
        torch.set_rng_state(state["random"])
        self.stream.restore(**state["stream"])
        self.step = int(state["step"])


def run(trainer: Trainer, out: Path, save_seconds: float, keep_every: int) -> None:
    """Train to the recipe's end, with a checkpoint every few minutes."""
    out.mkdir(parents=True, exist_ok=True)
    last = out / "last.pt"
    if last.exists():
        trainer.load(last)
        LOG.info("continue from step %d", trainer.step)
    end = trainer.recipe.stable + trainer.recipe.decay
    loss_sum, rows, begun, saved = 0.0, 0, time.monotonic(), time.monotonic()
    while trainer.step < end:
        loss, count = trainer.advance()
        loss_sum, rows = loss_sum + loss, rows + count
        if trainer.step % 20 == 0:
            rate = rows / (time.monotonic() - begun)
            LOG.info("step %d loss %.4f rows/s %.1f", trainer.step, loss_sum / 20, rate)
            loss_sum, rows, begun = 0.0, 0, time.monotonic()
        if trainer.step % keep_every == 0:
            trainer.save(out / f"step{trainer.step}.pt")
        if time.monotonic() - saved > save_seconds:
            trainer.save(last)
            saved = time.monotonic()
    trainer.save(last)


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True, help="folder with train.jsonl.gz")
    parser.add_argument("--base", type=Path, required=True, help="folder with model.safetensors")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--save-seconds", type=float, default=300.0)
    parser.add_argument("--keep-every", type=int, default=500, help="steps between kept copies")
    parser.add_argument("--init", type=Path, nargs="+", help="other runs' checkpoints, averaged")
    parser.add_argument("--news", type=Path, help="the file that training.news wrote")
    parser.add_argument("--speech", type=Path, help="the file that training.speech wrote")
    for name, value in asdict(Recipe()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prepare the data, then train."""
    options = parse(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(1)  # the recipe's shards are the parallelism
    torch.set_flush_denormal(True)
    recipe = Recipe(**{name: getattr(options, name) for name in asdict(Recipe())})
    torch.manual_seed(recipe.seed)
    dev = {row.context for row in read_questions(options.data / "dev_wikipedia.jsonl.gz")}
    files = [options.data / "train.jsonl.gz", *filter(None, [options.speech])]
    train, held = split(chain.from_iterable(map(read_questions, files)), dev)
    tokenizer = load_tokenizer(options.base)
    news = read_news(options.news) if options.news else None
    items, passages, texts = build_items(train, tokenizer, news)
    LOG.info("%d questions to train on, %d held out", len(items), len(held))
    LOG.info("recipe %s", asdict(recipe))
    mixture = Mixture(recipe.negatives, recipe.reasons, recipe.titles, recipe.edited, recipe.near)
    stream = Stream(items, passages, texts, tokenizer, recipe.seed, recipe.tokens, mixture)
    trainer = Trainer(load_base(options.base / "model.safetensors"), stream, recipe)
    if options.init:
        trainer.begin_at(options.init)
    run(trainer, options.out, options.save_seconds, options.keep_every)


if __name__ == "__main__":
    main()
