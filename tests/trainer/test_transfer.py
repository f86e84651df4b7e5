import dataclasses

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

import torch.nn.functional as F  # noqa: E402
from torch import Tensor  # noqa: E402

from guardkit.trainer.model import Batch, Config, TinyGuardrail  # noqa: E402
from guardkit.trainer.transfer import initialise, plan  # noqa: E402

CONFIG = Config(vocabulary=60, width=96, heads=4, ffn=192, expert_ffn=128)
KEPT = [0, 100, 101, 102, 103, *range(110, 165)]


def bert(width: int = 96, ffn: int = 192, layers: int = 6) -> dict[str, Tensor]:
    """Random weights of a BERT encoder under their usual names."""
    state: dict[str, Tensor] = {}

    def linear(name: str, out: int, size: int) -> None:
        state[f"{name}.weight"], state[f"{name}.bias"] = torch.randn(out, size) * size**-0.5, torch.randn(out) * 0.1

    def norm(name: str) -> None:
        state[f"{name}.weight"] = 1 + 0.1 * torch.randn(width)
        state[f"{name}.bias"] = 0.1 * torch.randn(width)

    for name, rows in (("word", 200), ("position", 300), ("token_type", 2)):
        state[f"embeddings.{name}_embeddings.weight"] = torch.randn(rows, width) * 0.5
    norm("embeddings.LayerNorm")
    for number in range(layers):
        at = f"encoder.layer.{number}."
        for name in ("query", "key", "value"):
            linear(f"{at}attention.self.{name}", width, width)
        linear(f"{at}attention.output.dense", width, width)
        linear(f"{at}intermediate.dense", ffn, width)
        linear(f"{at}output.dense", width, ffn)
        norm(f"{at}attention.output.LayerNorm")
        norm(f"{at}output.LayerNorm")
    return state


@pytest.fixture(scope="module")
def base() -> dict[str, Tensor]:
    torch.manual_seed(3)
    return bert()


@pytest.fixture(scope="module")
def model(base: dict[str, Tensor]) -> TinyGuardrail:
    torch.manual_seed(4)
    model = TinyGuardrail(CONFIG)
    initialise(model, KEPT, base)
    return model.eval()


@pytest.fixture(scope="module")
def embedded(model: TinyGuardrail) -> tuple[Tensor, Tensor]:
    tokens = torch.randint(5, 60, (4, 20))
    batch = Batch(tokens, torch.randint(1, 127, (4, 50)), torch.rand(4, 64), torch.zeros(4, dtype=torch.long))
    with torch.no_grad():
        return model.embed(batch)


def test_rows_and_layers_are_taken(model: TinyGuardrail, base: dict[str, Tensor]) -> None:
    words = base["embeddings.word_embeddings.weight"]
    assert torch.equal(model.embedding.word.weight[1:], words[KEPT[1:]]) and not model.embedding.word.weight[0].any()
    assert torch.equal(model.embedding.position.weight, base["embeddings.position_embeddings.weight"][:256])
    channel = model.embedding.channel.weight
    assert torch.allclose(channel, base["embeddings.token_type_embeddings.weight"][:1].expand(5, -1), atol=0.01)
    query = base["encoder.layer.3.attention.self.query.weight"]
    assert torch.equal(model.fast.layers[3].attention.qkv.weight[:96], query)
    assert torch.equal(
        model.deep.layers[6].attention.qkv.weight[:96], base["encoder.layer.5.attention.self.query.weight"]
    )


@torch.no_grad()
def test_the_deep_branch_starts_as_the_base_model(model: TinyGuardrail, embedded: tuple[Tensor, Tensor]) -> None:
    x, mask = merged(model, embedded)
    y = x
    for layer, dense in zip(model.deep.layers, model.fast.layers[1:], strict=False):  # the dense base layers
        x, y = layer(x, mask), dense(y, mask)
        assert F.cosine_similarity(x, y, -1).min() > 0.99


def merged(model: TinyGuardrail, embedded: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
    """What the deep branch goes on from."""
    x, mask = embedded
    return model.fast.merge(model.fast.layers[0](x, mask), mask)


@torch.no_grad()
def test_new_layers_are_nearly_identities(model: TinyGuardrail, embedded: tuple[Tensor, Tensor]) -> None:
    x, mask = merged(model, embedded)
    for layer, source in zip(model.deep.layers, plan(6, 8), strict=True):
        y = layer(x, mask)
        if source is None:
            assert F.cosine_similarity(x, y, -1).min() > 0.99
            assert (x - y).norm() / x.norm() < 0.2
        x = y


@torch.no_grad()
def test_partners_are_chosen_together_and_differ(model: TinyGuardrail, embedded: tuple[Tensor, Tensor]) -> None:
    experts = model.deep.layers[0].ffn
    chosen = experts.gate(merged(model, embedded)[0].mean(1)).topk(2).indices
    assert ((chosen[:, 0] - chosen[:, 1]).abs() == 4).all()
    assert not torch.allclose(experts.experts[0].up.weight, experts.experts[4].up.weight, atol=0.01)


def test_reproducible_and_keeps_the_mode(base: dict[str, Tensor]) -> None:
    states = []
    for _ in range(2):
        torch.manual_seed(9)
        model = TinyGuardrail(CONFIG)
        initialise(model, KEPT, base)
        assert model.training
        states.append(model.state_dict())
    assert all(torch.equal(states[0][name], states[1][name]) for name in states[0])


def test_wrong_sizes_are_refused(base: dict[str, Tensor]) -> None:
    with pytest.raises(ValueError, match="59 kept pieces"):
        initialise(TinyGuardrail(CONFIG), KEPT[:-1], base)
    with pytest.raises(ValueError, match="7 fast layers"):
        initialise(TinyGuardrail(dataclasses.replace(CONFIG, fast_layers=7)), KEPT, base)
    with pytest.raises(ValueError, match="does not fit"):
        initialise(TinyGuardrail(dataclasses.replace(CONFIG, expert_ffn=100)), KEPT, base)


@pytest.mark.parametrize(
    "layers, wanted, expected",
    [(6, 8, (1, 2, 3, None, 4, None, 5, None)), (6, 3, (1, 2, 3)), (2, 3, (1, None, None)), (1, 2, (0, None))],
)
def test_new_layers_are_spread(layers: int, wanted: int, expected: tuple[int | None, ...]) -> None:
    assert plan(layers, wanted) == expected


@torch.no_grad()
def test_a_single_expert_is_the_base_feed_forward(base: dict[str, Tensor]) -> None:
    model = TinyGuardrail(dataclasses.replace(CONFIG, experts=1, active=1, expert_ffn=256))
    initialise(model, KEPT, base)
    x = torch.randn(2, 5, 96)
    dense, only = model.fast.layers[1].ffn, model.deep.layers[0].ffn
    assert F.cosine_similarity(dense(x), only.eval()(x, torch.ones(2, 5, dtype=torch.bool)), -1).min() > 0.999
