"""pullquote's reader as a plain checkpoint that transformers loads as BertForQuestionAnswering.

    python -m benchmarks.peers.checkpoint FOLDER

Base and adapter are merged, and the names are BERT's own. Prints the largest difference between
its logits and those of the reader that ships; more than `MOST_APART` is an error.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from index.models.encoder import DEFAULT_MODEL, find_model
from index.models.weights import Weights, layers_of
from retrieval.network.reader_weights import reader_weights
from retrieval.network.shipped import FOLDER
from retrieval.network.span_network import load_reader

MOST_APART = 1e-3
_EMBEDDINGS = {"words": "word_embeddings", "places": "position_embeddings",
               "kinds": "token_type_embeddings", "norm": "LayerNorm"}  # fmt: skip
_PARTS = {"out": "attention.output.dense", "norm1": "attention.output.LayerNorm",
          "up": "intermediate.dense", "down": "output.dense",
          "norm2": "output.LayerNorm"}  # fmt: skip
_ASKED = "Who leads the NRF?", "Ahmad Massoud leads the National Resistance Front in Panjshir."


def plain_names(weights: Weights) -> Weights:
    """The reader's weights under the names of BertForQuestionAnswering."""
    found: Weights = {}
    for ours, theirs in _EMBEDDINGS.items():
        for kind in ("weight", "bias"):
            if f"{ours}.{kind}" in weights:
                found[f"bert.embeddings.{theirs}.{kind}"] = weights[f"{ours}.{kind}"]
    for kind in ("weight", "bias"):
        found[f"qa_outputs.{kind}"] = weights[f"head.{kind}"]
        for number in range(layers_of(weights)):
            ours, theirs = f"layers.{number}.", f"bert.encoder.layer.{number}."
            parts = np.split(weights[f"{ours}qkv.{kind}"], 3)
            for name, part in zip(("query", "key", "value"), parts, strict=True):
                found[f"{theirs}attention.self.{name}.{kind}"] = np.ascontiguousarray(part)
            for name, place in _PARTS.items():
                found[f"{theirs}{place}.{kind}"] = weights[f"{ours}{name}.{kind}"]
    return found


def export(folder: Path) -> float:
    """Write the checkpoint; how far its logits are from the reader's."""
    base, _ = find_model(DEFAULT_MODEL)
    folder.mkdir(parents=True, exist_ok=True)
    weights = plain_names(reader_weights(base / "model.safetensors", FOLDER))
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    config = json.loads((base / "config.json").read_text(encoding="utf-8"))
    config |= {"architectures": ["BertForQuestionAnswering"], "sep_token_id": 102}
    (folder / "config.json").write_text(json.dumps(config, indent=1), encoding="utf-8")
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"):
        if (base / name).exists():
            shutil.copy(base / name, folder / name)
    return _apart(folder, base)


def _apart(folder: Path, base: Path) -> float:
    tokenizer = AutoTokenizer.from_pretrained(folder)
    plain = AutoModelForQuestionAnswering.from_pretrained(folder).eval()
    ours = load_reader(base / "model.safetensors", FOLDER)
    row = tokenizer(*_ASKED, return_tensors="pt")
    with torch.inference_mode():
        said = plain(**row)
        theirs = torch.stack([said.start_logits, said.end_logits], dim=-1)
        wanted = ours(row["input_ids"], row["token_type_ids"], row["attention_mask"].bool())
    return float((theirs - wanted).abs().max())


if __name__ == "__main__":
    apart = export(Path(sys.argv[1]))
    print(f"logits differ by {apart:.1e} at most")
    if apart > MOST_APART:
        sys.exit(f"the checkpoint is not the reader: its logits differ by {apart:.1e}")
