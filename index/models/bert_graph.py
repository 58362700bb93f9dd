"""A BERT as an ONNX graph, with 8-bit products. The one door to onnx.

The graph reads rows of one length without padding (a row alone costs no more than in a batch), so
it needs no mask, and a row's result does not depend on its neighbours.

Products take signed 7-bit weights with one scale for each output, and unsigned 8-bit inputs: with
a full eighth bit, processors without VNNI add two products in 16 bits and cut off what does not
fit, so that the same graph would say other things on other machines. An input's scale is found
when it comes: of the whole input, or for the product after the activation, whose outliers lie in
single word pieces, of each word piece. What is not a product stays in fp32.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from index.models.weights import HEADS, NORM_EPSILON, WIDTH, Floats, Weights, layers_of

IDS, KINDS = "ids", "kinds"
"""The graph's inputs, int64 of shape (rows, length): word pieces, and 0 or 1 for their part."""

_TOP = 63  # 7 bits
_MICROSOFT = "com.microsoft"  # operators that onnxruntime adds


def sentence_graph(weights: Weights, int8: bool = True) -> bytes:
    """The mean of the last layer's rows as unit vectors: float32 (rows, width)."""
    graph = _Graph(int8)
    hidden = _layers(graph, weights)
    axis = graph.constant(np.array([1], np.int64))
    mean = graph.add("ReduceMean", [hidden, axis], keepdims=0)
    graph.add("LpNormalization", [mean], output="vectors", axis=-1, p=2)
    return graph.finish("vectors", ["rows", WIDTH])


def span_graph(weights: Weights, int8: bool = True) -> bytes:
    """Start and end logits, float32 (rows, length, 2); ``weights`` holds a ``head``."""
    graph = _Graph(int8)
    hidden = _layers(graph, weights)
    product = graph.add("MatMul", [hidden, graph.constant(weights["head.weight"].T)])
    graph.add("Add", [product, graph.constant(weights["head.bias"])], output="logits")
    return graph.finish("logits", ["rows", "length", 2])


class _Graph:
    """Nodes and constants in the order that they are added."""

    def __init__(self, int8: bool) -> None:
        self._int8 = int8
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def constant(self, value: NDArray[Any] | np.generic) -> str:
        name = f"c{len(self._constants)}"
        array = np.array(value, order="C")
        self._constants.append(numpy_helper.from_array(array, name))
        return name

    def add(
        self, kind: str, inputs: Sequence[str], domain: str = "", output: str = "", **settings: Any
    ) -> str:
        """A node with one output, whose name it gives."""
        name = output or f"n{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [name], domain=domain, **settings))
        return name

    def split(self, value: str, parts: int) -> list[str]:
        names = [f"n{len(self._nodes)}.{part}" for part in range(parts)]
        node = helper.make_node("Split", [value], names, axis=-1, num_outputs=parts)
        self._nodes.append(node)
        return names

    def product(self, value: str, weight: Floats, by_piece: bool = False) -> str:
        """``value`` times the transposed ``weight`` (out, in)."""
        if not self._int8:
            return self.add("MatMul", [value, self.constant(weight.T)])
        scale = np.maximum(np.abs(weight).max(axis=1), 1e-12).astype(np.float32) / _TOP
        whole = self.constant(np.rint(weight / scale[:, None]).astype(np.int8).T)
        scales = self.constant(scale)
        if not by_piece:
            return self.add("DynamicQuantizeMatMul", [value, whole, scales], _MICROSOFT)
        size = self.add("Abs", [value])
        axis, middle = self.constant(np.array([-1], np.int64)), self.constant(np.float32(128))
        most = self.add("ReduceMax", [size, axis], keepdims=1)
        most = self.add("Max", [most, self.constant(np.float32(1e-9))])
        unit = self.add("Div", [most, self.constant(np.float32(127))])
        moved = self.add("Add", [self.add("Div", [value, unit]), middle])
        bytes_ = self.add("Cast", [self.add("Round", [moved])], to=TensorProto.UINT8)
        zero = self.constant(np.uint8(128))
        sums = self.add("MatMulInteger", [bytes_, whole, zero])
        sums = self.add("Cast", [sums], to=TensorProto.FLOAT)
        return self.add("Mul", [sums, self.add("Mul", [unit, scales])])

    def finish(self, output: str, shape: Sequence[int | str]) -> bytes:
        inputs = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["rows", "length"])
            for name in (IDS, KINDS)
        ]
        outputs = [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)]
        graph = helper.make_graph(self._nodes, "bert", inputs, outputs, self._constants)
        sets = [helper.make_opsetid("", 18), helper.make_opsetid(_MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=sets, ir_version=9)
        data: bytes = model.SerializeToString()
        return data


def _layers(graph: _Graph, weights: Weights) -> str:
    """The embeddings and all layers: (rows, length, width)."""

    def constant(name: str) -> str:
        return graph.constant(weights[name])

    def norm(name: str) -> list[str]:
        return [constant(f"{name}.weight"), constant(f"{name}.bias")]

    x = _embeddings(graph, weights)
    x = graph.add("LayerNormalization", [x, *norm("norm")], epsilon=NORM_EPSILON)
    for number in range(layers_of(weights)):
        layer = f"layers.{number}."
        qkv = graph.product(x, weights[f"{layer}qkv.weight"])
        parts = graph.split(graph.add("Add", [qkv, constant(f"{layer}qkv.bias")]), 3)
        mixed = graph.add("MultiHeadAttention", parts, _MICROSOFT, num_heads=HEADS)
        out = graph.product(mixed, weights[f"{layer}out.weight"])
        inputs = [x, out, *norm(f"{layer}norm1"), constant(f"{layer}out.bias")]
        x = graph.add("SkipLayerNormalization", inputs, _MICROSOFT, epsilon=NORM_EPSILON)
        up = graph.product(x, weights[f"{layer}up.weight"])
        up = graph.add("BiasGelu", [up, constant(f"{layer}up.bias")], _MICROSOFT)
        down = graph.product(up, weights[f"{layer}down.weight"], by_piece=True)
        inputs = [x, down, *norm(f"{layer}norm2"), constant(f"{layer}down.bias")]
        x = graph.add("SkipLayerNormalization", inputs, _MICROSOFT, epsilon=NORM_EPSILON)
    return x


def _embeddings(graph: _Graph, weights: Weights) -> str:
    """The sum of the three embeddings; the large table is kept in half precision."""
    table = graph.constant(weights["words.weight"].astype(np.float16))
    words = graph.add("Cast", [graph.add("Gather", [table, IDS])], to=TensorProto.FLOAT)
    length = graph.add("Shape", [IDS], start=1, end=2)
    zero = graph.constant(np.array([0], np.int64))
    places = graph.constant(weights["places.weight"])
    places = graph.add("Slice", [places, zero, length, zero])
    kinds = graph.add("Gather", [graph.constant(weights["kinds.weight"]), KINDS])
    return graph.add("Add", [graph.add("Add", [words, places]), kinds])
