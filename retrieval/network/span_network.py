"""The span reader's network: a BERT encoder with a two-output head.

One forward pass over ``[CLS] question [SEP] passage [SEP]`` gives every token a
start and an end logit; position 0 (``[CLS]``) stands for "the answer is not in
this passage" (Devlin et al. 2019, section 4.3).  The encoder is the frozen base
(all-MiniLM-L6-v2) plus a small adapter that is merged into it at load time. What serves by
default is the same network as a graph of 8-bit products (index/models/bert_graph.py); this one
trains, and is what the graph is measured against.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from index.models.weights import HEADS, INNER, NORM_EPSILON, WIDTH, Weights
from retrieval.network.reader_weights import merged, read_base, reader_weights

LAYERS: Final = 6


class Layer(nn.Module):
    """One post-norm transformer layer (Vaswani et al. 2017; BERT's order of norms)."""

    def __init__(self) -> None:
        super().__init__()
        # Query, key and value share one product: three times fewer, larger multiplications.
        self.qkv: nn.Module = nn.Linear(WIDTH, 3 * WIDTH)
        self.out: nn.Module = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, NORM_EPSILON)
        self.up: nn.Module = nn.Linear(WIDTH, INNER)
        self.down: nn.Module = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, NORM_EPSILON)

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
        self.norm = nn.LayerNorm(WIDTH, NORM_EPSILON)
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


def _network(weights: Weights) -> SpanNetwork:
    network = SpanNetwork()
    network.load_state_dict({name: torch.from_numpy(value) for name, value in weights.items()})
    return network


def load_base(path: Path, sha256: str | None = None) -> SpanNetwork:
    """Load the base encoder with an all-zero head; refuse a file with another hash."""
    return _network(read_base(path, sha256))


def merge_adapter(network: SpanNetwork, adapter: Mapping[str, Tensor]) -> None:
    """Add the adapter's updates to the base in place; norms, biases and head are replaced."""
    parameters = dict(network.named_parameters())
    before = {name: value.detach().numpy() for name, value in parameters.items()}
    after = merged(before, {name: value.detach().numpy() for name, value in adapter.items()})
    with torch.no_grad():
        for name, value in after.items():
            parameters[name].copy_(torch.from_numpy(value))


def load_reader(base: Path, folder: Path) -> SpanNetwork:
    """The reader, ready to serve: base and adapter checked against the manifest, merged."""
    return _network(reader_weights(base, folder)).eval().requires_grad_(False)
