"""The trainable reader: the served network with low-rank updates in every linear layer.

LoRA (Hu et al. 2021): a frozen weight W gains a product s * B @ A of rank r, with B
zero at first, so that training starts exactly at the base.
"""

from __future__ import annotations

import math
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from retrieval.network.reader_weights import LINEARS
from retrieval.network.span_network import Layer, SpanNetwork

SCALE: Final = 1.0


class LoraLinear(nn.Module):
    """A frozen linear layer plus ``parts`` stacked low-rank updates.

    ``parts`` is 3 for the joined query-key-value layer: each third of the outputs has
    its own pair of factors, as three separate layers would have.
    """

    def __init__(self, base: nn.Linear, rank: int, parts: int, generator: torch.Generator) -> None:
        super().__init__()
        self.weight = nn.Parameter(base.weight.detach().clone(), requires_grad=False)
        self.bias = nn.Parameter(base.bias.detach().clone(), requires_grad=False)
        bound = 1.0 / math.sqrt(base.in_features)
        down = torch.empty(parts * rank, base.in_features)
        self.down = nn.Parameter(down.uniform_(-bound, bound, generator=generator))
        self.up = nn.Parameter(torch.zeros(base.out_features, rank))
        self.parts = parts

    def delta(self) -> Tensor:
        """The update of the weight, (out, in)."""
        if self.parts == 1:
            return SCALE * (self.up @ self.down)
        ups, downs = self.up.chunk(self.parts), self.down.chunk(self.parts)
        return SCALE * torch.cat([u @ d for u, d in zip(ups, downs, strict=True)])

    def forward(self, x: Tensor) -> Tensor:
        """Map (..., in) to (..., out)."""
        flat = x.reshape(-1, x.shape[-1])
        y = functional.linear(flat, self.weight, self.bias)
        low, up = flat @ self.down.t(), self.up
        if self.parts == 1:
            y = torch.addmm(y, low, up.t(), alpha=SCALE)
        else:
            pairs = zip(low.chunk(self.parts, dim=1), up.chunk(self.parts), strict=True)
            y = y + SCALE * torch.cat([part @ own.t() for part, own in pairs], dim=1)
        return y.view(*x.shape[:-1], -1)


def add_lora(network: SpanNetwork, rank: int, seed: int) -> None:
    """Freeze the base; leave the factors, the layers' norms and the head trainable."""
    generator = torch.Generator().manual_seed(seed)
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    for layer in network.layers:
        assert isinstance(layer, Layer)  # a ModuleList does not tell its items' type
        for name in LINEARS:
            base = getattr(layer, name)
            setattr(layer, name, LoraLinear(base, rank, 3 if name == "qkv" else 1, generator))
        for norm in (layer.norm1, layer.norm2):
            for parameter in norm.parameters():
                parameter.requires_grad_(True)
    with torch.no_grad():
        network.head.weight.normal_(0.0, 0.02, generator=generator)
    for parameter in network.head.parameters():
        parameter.requires_grad_(True)


def unfreeze(network: SpanNetwork, seed: int) -> None:
    """Train every weight of the layers and the head; the embeddings stay frozen."""
    generator = torch.Generator().manual_seed(seed)
    for parameter in network.parameters():
        parameter.requires_grad_(False)
    for module in (network.layers, network.head):
        for parameter in module.parameters():
            parameter.requires_grad_(True)
    with torch.no_grad():
        network.head.weight.normal_(0.0, 0.02, generator=generator)
