"""Initial weights of a TinyGuardrail from a BERT encoder (all-MiniLM-L6-v2), or what `trainer.prune` made of another.

Fast layers are the first base layers. The deep branch goes on from the merged states of the first of them: the other
base layers, and behind the last ones a new layer each that starts as an identity; of six base layers 1, 2, 3, *, 4, *,
5, *. A base feed-forward of 1,536 neurons becomes 8 experts of 1,024 (sparse up-cycling, Komatsuzaki et al. 2022): its
neurons are three blocks of 512; expert e and its partner e + 4 share one block, at its own scale, and each has one of
the two others at twice its scale. Partners start with equal gates, so that they are chosen together with weights
1/2, 1/2, and their sum is exactly the base feed-forward. A single expert is the base feed-forward itself; where it is
wider, neurons stand in it twice at half their scale.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from guardkit.trainer.encoder import Attention, Experts, FeedForward, Layer
from guardkit.trainer.model import Batch, TinyGuardrail
from guardkit.trainer.vocabulary import SPECIALS, base_folder

__all__ = ["initialise", "plan"]

NOISE = 1e-3  # relative to the tensor's own standard deviation: breaks symmetry, changes nothing
PREFIX = 0.02  # standard deviation of the projections of the prefix tokens
GATE = 0.05  # standard deviation of the gates

State = Mapping[str, Tensor]


@torch.no_grad()
def initialise(model: TinyGuardrail, kept: list[int], base: State | None = None, *, seed: int = 0) -> None:
    """Overwrite the weights of `model` in place. `kept[new id]` is the base id of a word piece."""
    if base is None:
        base = load_file(base_folder() / "model.safetensors")
    if len(kept) != model.config.vocabulary:
        raise ValueError(f"{len(kept)} kept pieces for a vocabulary of {model.config.vocabulary}")
    layers = len({name.split(".")[2] for name in base if name.startswith("encoder.layer.")})
    if layers < model.config.fast_layers:
        raise ValueError(f"{model.config.fast_layers} fast layers cannot be taken from a base of {layers}")
    random = torch.Generator().manual_seed(seed)
    embed(model, kept, base, random)
    for number, layer in enumerate(model.fast.layers):
        assert isinstance(layer, Layer) and isinstance(layer.ffn, FeedForward)
        attend(layer, base, number)
        up, down = feed(base, number)
        fill(layer.ffn.up, *up)
        fill(layer.ffn.down, *down)
    training = model.training
    model.eval()  # no exploration while probing
    source = 0
    x, mask = probe(model, random)
    x, mask = model.fast.merge(model.fast.layers[0](x, mask), mask)
    for layer, copied in zip(model.deep.layers, plan(layers, model.config.deep_layers), strict=True):
        assert isinstance(layer, Layer) and isinstance(layer.ffn, Experts)
        source = source if copied is None else copied
        attend(layer, base, source)
        upcycle(layer.ffn, *feed(base, source), random)
        if copied is None:
            identity(layer, x)
        window = layer.norm1(x + layer.attention(x, mask)).mean(1)  # (B, D), what the gate sees
        layer.ffn.gate.bias.copy_(-layer.ffn.gate(window).mean(0))  # no expert is everybody's favourite
        x = layer(x, mask)
    model.train(training)


def plan(layers: int, wanted: int) -> tuple[int | None, ...]:
    """The base layer of each of the `wanted` deep layers; None: a new layer, near identity."""
    own = (list(range(1, layers)) or [0])[:wanted]
    each, rest = divmod(wanted - len(own), len(own))
    found: list[int | None] = []
    for number, source in enumerate(own):
        found += [source, *([None] * (each + (number >= len(own) - rest)))]
    return tuple(found)


def probe(model: TinyGuardrail, random: torch.Generator) -> tuple[Tensor, Tensor]:
    """Embedded windows of random pieces and their mask: enough to know the scale of what each layer receives."""
    config = model.config
    tokens = torch.randint(config.vocabulary // 8, config.vocabulary, (32, 48), generator=random)
    tokens[:, 0], tokens[:, -1] = SPECIALS.index("[CLS]"), SPECIALS.index("[SEP]")
    characters = torch.randint(32, 127, (32, 200), generator=random)
    features = torch.zeros(32, config.features)
    embedded: tuple[Tensor, Tensor] = model.embed(
        Batch(tokens, characters, features, torch.zeros(32, dtype=torch.long))
    )
    return embedded


def embed(model: TinyGuardrail, kept: list[int], base: State, random: torch.Generator) -> None:
    embedding = model.embedding
    embedding.word.weight.copy_(base["embeddings.word_embeddings.weight"][kept])
    embedding.word.weight[0] = 0  # padding
    embedding.position.weight.copy_(base["embeddings.position_embeddings.weight"][: model.config.positions])
    row = base["embeddings.token_type_embeddings.weight"][:1]
    embedding.channel.weight.copy_(noisy(row.expand(model.config.channels, -1), random))
    fill(embedding.norm, base["embeddings.LayerNorm.weight"], base["embeddings.LayerNorm.bias"])
    for projection in (embedding.characters, embedding.features):
        projection.weight.normal_(0, PREFIX, generator=random)
        projection.bias.zero_()


def attend(layer: Layer, base: State, number: int) -> None:
    """Attention and both norms of base layer `number`."""
    at = f"encoder.layer.{number}."
    names = [f"{at}attention.self.{name}" for name in ("query", "key", "value")]
    assert isinstance(layer.attention, Attention)
    fill(
        layer.attention.qkv,
        torch.cat([base[f"{name}.weight"] for name in names]),
        torch.cat([base[f"{name}.bias"] for name in names]),
    )
    for module, name in (
        (layer.attention.out, "attention.output.dense"),
        (layer.norm1, "attention.output.LayerNorm"),
        (layer.norm2, "output.LayerNorm"),
    ):
        fill(module, base[f"{at}{name}.weight"], base[f"{at}{name}.bias"])


def feed(base: State, number: int) -> tuple[tuple[Tensor, Tensor], tuple[Tensor, Tensor]]:
    """Weight and bias of the two feed-forward products of base layer `number`."""
    at = f"encoder.layer.{number}."
    up, down = f"{at}intermediate.dense", f"{at}output.dense"
    return (base[f"{up}.weight"], base[f"{up}.bias"]), (base[f"{down}.weight"], base[f"{down}.bias"])


def upcycle(ffn: Experts, up: tuple[Tensor, Tensor], down: tuple[Tensor, Tensor], random: torch.Generator) -> None:
    if len(ffn.experts) == 1:
        (only,) = ffn.experts
        assert isinstance(only, FeedForward)
        size = len(up[1])
        chosen = torch.arange(only.up.out_features) % size
        scale = 1 / torch.bincount(chosen, minlength=size).float()[chosen]
        fill(only.up, noisy(up[0][chosen], random), up[1][chosen])
        fill(only.down, noisy(down[0][:, chosen] * scale, random), down[1])
        return
    half = len(ffn.experts) // 2
    blocks = torch.arange(len(up[1])).chunk(3)
    for number, expert in enumerate(ffn.experts):
        assert isinstance(expert, FeedForward)
        rotation = number % half % 3
        shared, own = rotation, (rotation + 1 + number // half) % 3
        chosen = torch.cat([blocks[shared], blocks[own]])
        scale = torch.cat([torch.ones(len(blocks[shared])), torch.full((len(blocks[own]),), 2.0)])
        fill(expert.up, noisy(up[0][chosen], random), up[1][chosen])
        fill(expert.down, noisy(down[0][:, chosen] * scale, random), down[1])
    gate = torch.randn(half, ffn.gate.in_features, generator=random) * GATE
    fill(ffn.gate, noisy(gate.repeat(2, 1), random), torch.zeros(2 * half))


def identity(layer: Layer, x: Tensor) -> None:
    """Make a copied layer pass its input on: nothing is added, and each norm gives back the mean and the scale that
    the states `x` have before it."""
    assert isinstance(layer.ffn, Experts)
    scale, mean = x.std(-1, correction=0).mean(), x.mean()
    for norm in (layer.norm1, layer.norm2):
        norm.weight.fill_(scale)
        norm.bias.fill_(mean)
    downs = [expert.down for expert in layer.ffn.experts if isinstance(expert, FeedForward)]
    for linear in (layer.attention.out, *downs):
        linear.weight.zero_()
        linear.bias.zero_()


def noisy(values: Tensor, random: torch.Generator) -> Tensor:
    """`values` with relative noise."""
    return values + torch.randn(values.shape, generator=random) * values.std() * NOISE


def fill(module: nn.Module, weight: Tensor, bias: Tensor) -> None:
    own: tuple[Tensor, Tensor] = (module.weight, module.bias)  # type: ignore[assignment]
    for target, value in zip(own, (weight, bias), strict=True):
        if target.shape != value.shape:
            raise ValueError(f"a tensor of shape {tuple(value.shape)} does not fit {tuple(target.shape)}")
        target.copy_(value)
