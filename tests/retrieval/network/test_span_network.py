"""The network against an independent implementation, and the refusal of wrong files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from index.models.weights import file_sha256
from retrieval.network.reader_weights import WrongWeightsError
from retrieval.network.span_network import SpanNetwork, load_base, load_reader, merge_adapter
from retrieval.reading.confidence import Calibration, Signs


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base file with random weights and the real names and shapes."""
    transformers = pytest.importorskip("transformers")
    torch.manual_seed(0)
    config = transformers.BertConfig(
        hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536
    )
    path: Path = tmp_path_factory.mktemp("base") / "model.safetensors"
    model = transformers.BertModel(config, add_pooling_layer=False)
    save_file({name: value.contiguous() for name, value in model.state_dict().items()}, path)
    return path


def test_hidden_states_equal_transformers(base: Path) -> None:
    transformers = pytest.importorskip("transformers")
    config = transformers.BertConfig(
        hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536
    )
    theirs = transformers.BertModel(config, add_pooling_layer=False)
    from safetensors.torch import load_file

    theirs.load_state_dict(load_file(base))
    ours = load_base(base)
    with torch.no_grad():
        ours.head.weight.copy_(torch.eye(384)[:2] * 3.0)  # the head shows two hidden units
    ids = torch.randint(5, 30000, (2, 40))
    kinds = (torch.arange(40) > 9).long().expand(2, -1)
    real = torch.arange(40)[None, :] < torch.tensor([40, 31])[:, None]
    with torch.no_grad():
        logits = ours.eval()(ids, kinds, real)
        hidden = theirs.eval()(
            input_ids=ids, token_type_ids=kinds, attention_mask=real.long()
        ).last_hidden_state
    assert torch.allclose(logits[real], 3.0 * hidden[..., :2][real], atol=1e-4)


def folder_with(base: Path, folder: Path) -> Path:
    """An adapter folder that changes nothing but the head."""
    save_file(
        {"head.weight": torch.ones(2, 384, dtype=torch.float16)}, folder / "adapter.safetensors"
    )
    manifest = {
        "base_sha256": file_sha256(base),
        "adapter_sha256": file_sha256(folder / "adapter.safetensors"),
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def test_a_reader_is_loaded_and_another_base_refused(base: Path, tmp_path: Path) -> None:
    folder = folder_with(base, tmp_path)
    network = load_reader(base, folder)
    assert bool((network.head.weight == 1).all()) and not network.head.weight.requires_grad
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["base_sha256"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(WrongWeightsError, match="pinned weights"):
        load_reader(base, folder)


def test_a_damaged_adapter_is_refused(base: Path, tmp_path: Path) -> None:
    folder = folder_with(base, tmp_path)
    path = folder / "adapter.safetensors"
    path.write_bytes(path.read_bytes()[:-1] + b"\x00\x00")
    with pytest.raises(WrongWeightsError, match="damaged"):
        load_reader(base, folder)


def test_low_rank_factors_of_joined_layers_stay_apart() -> None:
    network = SpanNetwork(vocabulary=50, layers=1)
    weight = dict(network.named_parameters())["layers.0.qkv.weight"]
    before = weight.detach().clone()
    up, down = torch.zeros(3 * 384, 2), torch.randn(6, 384)
    up[384:768, 0] = 1.0  # only the keys' block
    merge_adapter(network, {"layers.0.qkv.up": up, "layers.0.qkv.down": down})
    change = weight.detach() - before
    assert torch.allclose(change[384:768], down[2].expand(384, -1), atol=1e-5)
    assert float(change[:384].abs().max()) == float(change[768:].abs().max()) == 0.0


def test_an_unknown_tensor_is_refused() -> None:
    with pytest.raises(WrongWeightsError, match="lacks"):
        merge_adapter(SpanNetwork(vocabulary=50, layers=1), {"tail.weight": torch.zeros(1)})


def test_confidence_rises_with_margin_and_cosine() -> None:
    chances = [{"bias": -1, "weights": {"margin": 0.5, "cosine": 0.2}}]
    kept = {"chances": chances, "ranking": {}, "usual": {}}
    manifest = {"calibration": kept}
    calibration = Calibration.from_manifest(manifest)

    def chance(margin: float, cosine: float) -> float:
        return calibration.confidence(Signs(margin, cosine))

    assert chance(2.0, 0.0) == 0.5
    assert chance(3.0, 1.0) > chance(3.0, 0.0) > 0.5
    assert chance(-2000.0, 0.0) == 0.0 and chance(2000.0, 5.0) == 1.0
