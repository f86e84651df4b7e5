"""Any pruned model as a post-norm encoder under BERT's names: what a TinyGuardrail starts from.

A BERT is that already. A decoder (Llama, Qwen3) has norms before its products, no biases, rotary positions, a causal
mask and a gated feed-forward. Its residual stream at unit scale is what a post-norm encoder holds, so that

* queries, keys and values are taken over, the norm in front of them (and Qwen's norms behind them) folded in, the key
  heads repeated for their query heads;
* a gated neuron, silu(g) u, becomes two plain ones of g + u and g - u, whose difference is close to a product (GELU is
  nearly a parabola around 0): the encoder's feed-forward is twice as wide;
* the two products that write to the stream are fitted by ridge regression on our texts to what the decoder's attention
  and feed-forward wrote there.

Positions and the view to the right cannot be taken over: they are learnt in the masked pre-training that follows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from guardkit.trainer.prune.anatomy import Size, layers, size

__all__ = ["Base", "encoder"]

POSITIONS = 256
RIDGE = 1e-2  # relative to the mean square of the inputs

Batches = Iterable[tuple[Tensor, Tensor]]


@dataclass(frozen=True)
class Base:
    """An encoder's weights under BERT's names, its size and its tokenizer."""

    state: dict[str, Tensor]
    size: Size
    tokenizer: str

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        save_file({name: value.contiguous() for name, value in self.state.items()}, folder / "encoder.safetensors")
        (folder / "encoder.json").write_text(json.dumps(asdict(self.size)))
        (folder / "tokenizer.json").write_text(self.tokenizer, "utf-8")

    @classmethod
    def load(cls, folder: Path) -> Base:
        if not (folder / "encoder.safetensors").exists():
            raise ValueError(f"{folder} holds no encoder.safetensors: make it with python -m guardkit.trainer prune")
        shape = Size(**json.loads((folder / "encoder.json").read_text()))
        return cls(load_file(folder / "encoder.safetensors"), shape, (folder / "tokenizer.json").read_text("utf-8"))


def encoder(model: Any, batches: Batches, tokenizer: str) -> Base:
    """`model` as an encoder; `batches` of (tokens, mask) are read where weights have to be fitted.

    Raises `ValueError` if the heads do not make up the width, as an encoder's do.
    """
    shape = size(model.config)
    if shape.heads * shape.head != shape.width:
        raise ValueError(f"{shape.heads} heads of {shape.head} channels do not make up the width {shape.width}")
    if hasattr(model.config, "type_vocab_size"):
        known = {name.removeprefix(f"{model.base_model_prefix}."): value for name, value in model.state_dict().items()}
        state = {name: value.clone() for name, value in known.items() if name.startswith(("embeddings.", "encoder."))}
        return Base(state, shape, tokenizer)
    return Base(_converted(model, shape, batches), replace(shape, keys=shape.heads, ffn=2 * shape.ffn), tokenizer)


@torch.no_grad()
def _converted(model: Any, shape: Size, batches: Batches) -> dict[str, Tensor]:
    parts = [_Layer(part, shape) for part in layers(model)]
    hooks = [hook for part in parts for hook in part.watch()]
    model.eval()
    try:
        for tokens, mask in batches:
            for part in parts:
                part.mask = mask.bool()
            model(input_ids=tokens, attention_mask=mask)
    finally:
        for hook in hooks:
            hook.remove()
    ones, zeros = torch.ones(shape.width), torch.zeros(shape.width)
    state = {
        "embeddings.word_embeddings.weight": _unit(model.get_input_embeddings().weight.float()),
        "embeddings.position_embeddings.weight": torch.zeros(POSITIONS, shape.width),
        "embeddings.token_type_embeddings.weight": torch.zeros(2, shape.width),
        "embeddings.LayerNorm.weight": ones,
        "embeddings.LayerNorm.bias": zeros,
    }
    for number, part in enumerate(parts):
        at = f"encoder.layer.{number}"
        for name, (weight, bias) in part.products().items():
            state[f"{at}.{name}.weight"], state[f"{at}.{name}.bias"] = weight, bias
        for name in ("attention.output", "output"):
            state[f"{at}.{name}.LayerNorm.weight"], state[f"{at}.{name}.LayerNorm.bias"] = ones.clone(), zeros.clone()
    return {name: value.float().contiguous() for name, value in state.items()}


class _Layer:
    """One decoder layer while it is read: the encoder's products, and the sums that the fitted ones need."""

    def __init__(self, module: Any, shape: Size) -> None:
        self.module, self.shape = module, shape
        self.mask = torch.zeros(0)
        self.seen: dict[str, Tensor] = {}
        before = module.input_layernorm.weight.float()
        attention = module.self_attn
        repeat = shape.heads // shape.keys
        self.query = self._projection(attention.q_proj, before)
        self.key, self.value = (
            tuple(_repeat(part, shape.keys, repeat) for part in self._projection(product, before))
            for product in (attention.k_proj, attention.v_proj)
        )
        self.gains: tuple[Tensor, Tensor] | None = None  # of queries and keys, where the base normalises them
        gate, up = (product.weight.float() for product in (module.mlp.gate_proj, module.mlp.up_proj))
        self.up = torch.cat([gate + up, gate - up]) * module.post_attention_layernorm.weight.float()
        self.out, self.down = _Ridge(shape.width, shape.width), _Ridge(2 * shape.ffn, shape.width)

    def _projection(self, product: nn.Linear, before: Tensor) -> tuple[Tensor, Tensor]:
        weight = product.weight.float() * before
        return weight, torch.zeros(len(weight)) if product.bias is None else product.bias.float()

    def watch(self) -> list[Any]:
        module = self.module

        def inputs(name: str) -> Callable[..., None]:
            return lambda _, arguments: self.seen.__setitem__(name, arguments[0].float())

        def output(name: str) -> Callable[..., None]:
            return lambda _, arguments, out: self.seen.__setitem__(
                name, (out if isinstance(out, Tensor) else out[0]).float()
            )

        return [
            module.input_layernorm.register_forward_pre_hook(inputs("stream")),
            module.self_attn.register_forward_hook(output("attended")),
            module.post_attention_layernorm.register_forward_pre_hook(inputs("middle")),
            module.mlp.register_forward_hook(output("fed")),
            module.register_forward_hook(lambda *_: self._read()),
        ]

    def _read(self) -> None:
        mask = self.mask
        x, scale = _unit(self.seen["stream"]), _scale(self.seen["stream"])
        if self.gains is None:
            self._normalise(x[mask])
        mixed = self._attend(x, mask)
        self.out.add(mixed[mask], (self.seen["attended"] / scale)[mask])
        x, scale = _unit(self.seen["middle"]), _scale(self.seen["middle"])
        self.down.add(F.gelu(x[mask] @ self.up.T), (self.seen["fed"] / scale)[mask])

    def _normalise(self, x: Tensor) -> None:
        """Qwen normalises every query and key; one factor per channel does so on average."""
        gains = []
        for (weight, bias), norm in ((self.query, "q_norm"), (self.key, "k_norm")):
            gain = torch.ones(len(weight))
            if hasattr(self.module.self_attn, norm):
                heads = (x @ weight.T + bias).view(len(x), -1, self.shape.head)
                typical = heads.square().mean(-1).sqrt().median(0).values  # per head
                own = getattr(self.module.self_attn, norm).weight.float()
                gain = (own[None] / typical.clamp(min=1e-6)[:, None]).flatten()
            gains.append(gain)
        self.gains = gains[0], gains[1]
        self.query, self.key = (
            (part[0] * gain[:, None], part[1] * gain)
            for part, gain in zip((self.query, self.key), self.gains, strict=True)
        )

    def _attend(self, x: Tensor, mask: Tensor) -> Tensor:
        q, k, v = (
            (x @ weight.T + bias).unflatten(-1, (self.shape.heads, self.shape.head)).transpose(1, 2)
            for weight, bias in (self.query, self.key, self.value)
        )
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
        return y.transpose(1, 2).flatten(2)

    def products(self) -> dict[str, tuple[Tensor, Tensor]]:
        return {
            "attention.self.query": self.query,
            "attention.self.key": self.key,
            "attention.self.value": self.value,
            "attention.output.dense": self.out.solve(),
            "intermediate.dense": (self.up, torch.zeros(len(self.up))),
            "output.dense": self.down.solve(),
        }


class _Ridge:
    """Weight and bias of the linear layer that comes nearest to given outputs."""

    def __init__(self, inputs: int, outputs: int) -> None:
        self.gram = torch.zeros(inputs + 1, inputs + 1, dtype=torch.float64)
        self.cross = torch.zeros(inputs + 1, outputs, dtype=torch.float64)

    def add(self, x: Tensor, y: Tensor) -> None:
        x = torch.cat([x, torch.ones(len(x), 1)], 1).double()
        self.gram += x.T @ x
        self.cross += x.T @ y.double()

    def solve(self) -> tuple[Tensor, Tensor]:
        strength = RIDGE * self.gram.diagonal()[:-1].mean().clamp(min=1e-9)
        penalty = torch.full((len(self.gram),), float(strength), dtype=torch.float64)
        penalty[-1] = 1e-9  # the bias is free
        found = torch.linalg.solve(self.gram + penalty.diag(), self.cross).float()
        return found[:-1].T.contiguous(), found[-1]


def _unit(x: Tensor) -> Tensor:
    return F.layer_norm(x, x.shape[-1:])


def _scale(x: Tensor) -> Tensor:
    return x.std(-1, correction=0, keepdim=True).clamp(min=1e-6)


def _repeat(values: Tensor, heads: int, times: int) -> Tensor:
    """Each head's rows `times` times in a row."""
    return values.unflatten(0, (heads, -1)).repeat_interleave(times, 0).flatten(0, 1)
