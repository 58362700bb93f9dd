"""Checkpoint -> the shipped weights: ``python -m training.export --help``.

Low-rank factors are kept in fp16; a full update is kept as int8 rows with a
scale a row (symmetric, round to nearest).  Norms, biases and head are fp16.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import torch
from safetensors.torch import save_file
from torch import Tensor

from index.models.weights import file_sha256
from retrieval.network.reader_weights import LINEARS
from retrieval.network.span_network import SpanNetwork, load_base, load_reader, merge_adapter
from training.checkpoints import averaged, load_checkpoint, mean_weights
from training.data import read_questions, split

BASE_NAME: Final = "sentence-transformers/all-MiniLM-L6-v2"
TOLERANCE: Final = 1e-2  # largest change of a logit by rounding, on random word pieces


def exact_network(base: SpanNetwork, weights: dict[str, Tensor]) -> SpanNetwork:
    """Base and fp32 weights of a checkpoint, merged without rounding."""
    merge_adapter(base, weights)
    return base.eval().requires_grad_(False)


def merged_checkpoint(base_folder: Path, checkpoints: Sequence[Path]) -> SpanNetwork:
    """A checkpoint, or the mean of several, as a network to evaluate."""
    network = load_base(base_folder / "model.safetensors")
    return exact_network(network, mean_weights([load_checkpoint(path) for path in checkpoints]))


def quantise_rows(update: Tensor) -> tuple[Tensor, Tensor]:
    """(out, in) -> int8 rows and their scales (out,).

    The scales stay fp32: fp16 has too few digits for the small updates of some rows.
    """
    scale = (update.abs().amax(dim=1) / 127).clamp_min(1e-12)
    rows = (update / scale[:, None]).round().clamp(-127, 127).to(torch.int8)
    return rows, scale


def pack(base: SpanNetwork, weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The adapter's tensors as they are shipped."""
    original = dict(base.named_parameters())
    packed: dict[str, Tensor] = {}
    for name, value in weights.items():
        layer = name.rsplit(".", 1)[0]
        if layer.rsplit(".", 1)[-1] in LINEARS and name.endswith(".weight"):
            rows, scale = quantise_rows(value - original[name].detach())
            packed[f"{layer}.delta"], packed[f"{layer}.scale"] = rows, scale
        else:
            packed[name] = value.half().contiguous()
    return packed


def largest_change(one: SpanNetwork, other: SpanNetwork, vocabulary: int = 30522) -> float:
    """The largest difference of logits of two networks on random word pieces."""
    random = torch.Generator().manual_seed(5)
    ids = torch.randint(200, vocabulary, (4, 96), generator=random)
    kinds = (torch.arange(96) > 15).long().expand(4, -1)
    real = torch.ones(4, 96, dtype=torch.bool)
    with torch.no_grad():
        return float((one(ids, kinds, real) - other(ids, kinds, real)).abs().max())


def data_note(folder: Path) -> dict[str, Any]:
    """What was trained on: questions by source and licence, and what was held out."""
    dev = {row.context for row in read_questions(folder / "dev_wikipedia.jsonl.gz")}
    train, held = split(read_questions(folder / "train.jsonl.gz"), dev)
    counts = Counter((row.source, row.licence) for row in train)
    return {
        "train_sha256": file_sha256(folder / "train.jsonl.gz"),
        "questions": len(train),
        "held_out": len(held),
        "sources": [
            {"source": source, "licence": licence, "questions": count}
            for (source, licence), count in sorted(counts.items())
        ],
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Write adapter.safetensors and manifest.json and check them."""
    parser = argparse.ArgumentParser(description="Export a checkpoint as the shipped reader.")
    parser.add_argument("--checkpoint", type=Path, nargs="+", required=True, help="averaged")
    parser.add_argument("--base", type=Path, required=True, help="folder with model.safetensors")
    parser.add_argument("--data", type=Path, required=True, help="folder with train.jsonl.gz")
    parser.add_argument("--out", type=Path, default=Path("retrieval/weights"))
    options = parser.parse_args(arguments)
    base_file = options.base / "model.safetensors"
    states = [load_checkpoint(path) for path in options.checkpoint]
    state, weights = states[-1], mean_weights(states)
    options.out.mkdir(parents=True, exist_ok=True)
    adapter = options.out / "adapter.safetensors"
    save_file(pack(load_base(base_file), weights), adapter)
    manifest = {
        "schema": 1,
        "base": BASE_NAME,
        "base_sha256": file_sha256(base_file),
        "adapter_sha256": file_sha256(adapter),
        "recipe": state["recipe"],
        "steps": state["step"],
        "averaged": averaged(states),
        "earlier_schedules": state.get("earlier", []),
        "begun_at": state.get("begun_at"),
        "data": data_note(options.data),
        "figures": {},
        "calibration": None,
    }
    path = options.out / "manifest.json"
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    network = exact_network(load_base(base_file), weights)
    change = largest_change(network, load_reader(base_file, options.out))
    if change > TOLERANCE:
        raise SystemExit(f"the exported logits differ by {change:.4f}; keep more precision")
    print(f"{adapter}: {adapter.stat().st_size / 1e6:.2f} MB, logits within {change:.4f}")


if __name__ == "__main__":
    main()
