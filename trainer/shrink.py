"""`python -m guardkit.trainer prune`: from a Hugging Face folder to a smaller one, a TinyGuardrail's base."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from torch import Tensor

    from guardkit.trainer.prune import Base, Size

__all__ = ["begin", "command", "shrink"]

REHEARSAL = {"layers": 2, "width": 96, "heads": 3, "keys": 3, "ffn": 192, "vocabulary": 2_048}  # of MiniLM

LENGTH = 128  # word pieces of a text that are read
ROWS = 32  # texts of a batch


@click.command(name="prune")
@click.option(
    "--base",
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with config.json, the weights and tokenizer.json.",
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the smaller model.")
@click.option(
    "--data",
    required=True,
    type=click.Path(path_type=Path, exists=True),
    help="Folder that holds train.parquet: the texts that decide what stays.",
)
@click.option("--layers", type=int)
@click.option("--heads", type=int, help="Query heads; times their size they have to make up the width.")
@click.option("--keys", type=int, help="Key and value heads of a model that shares them  [as many as fit].")
@click.option(
    "--ffn",
    type=int,
    help="Feed-forward neurons, a multiple of 3 for the experts; a decoder's gated ones become two each.",
)
@click.option("--width", type=int)
@click.option("--vocabulary", type=int)
@click.option("--texts", default=512, show_default=True, help="Texts that importance is measured on.")
@click.option("--counted", default=50_000, show_default=True, help="Texts that pieces are counted in.")
@click.option("--seed", default=0, show_default=True)
def command(base: Path, out: Path, data: Path, texts: int, counted: int, seed: int, **wanted: int | None) -> None:
    """Prune a Hugging Face encoder or decoder to a size, by importance on our texts. What is not given stays."""
    from random import Random

    from guardkit.trainer.data import load, select

    rows = select(load(data, "train"), seed)
    chosen = [row.text[:4_000] for row in Random(seed).sample(rows, min(counted, len(rows)))]
    try:
        found = shrink(base, out, chosen, texts, **wanted)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{found.size}, {sum(value.numel() for value in found.state.values()):,} parameters in the encoder")


def begin(out: Path, texts: Sequence[str], base: Path | None, tiny: bool, vocabulary: int) -> str:
    """The tokenizer.json of a run that starts from a pruned `base`, else from MiniLM, for a rehearsal a tiny one. What
    the first weights are taken from goes to `out`."""
    from guardkit.trainer.prune import Base
    from guardkit.trainer.vocabulary import base_folder, prune

    if base is not None:
        found = Base.load(base)
        found.save(out / "base")
    elif tiny:
        found = shrink(base_folder(), out / "base", texts, 64, **REHEARSAL)
    else:
        tokenizer, kept = prune(texts, vocabulary)
        (out / "kept.json").write_text(json.dumps(kept))
        return tokenizer
    (out / "kept.json").write_text(json.dumps(list(range(found.size.vocabulary))))
    return found.tokenizer


def shrink(base: Path, out: Path, texts: Sequence[str], measured: int = 512, **wanted: int | None) -> Base:
    """Writes the smaller model and its encoder form to `out`; returns the latter."""
    import torch
    import transformers

    from guardkit.trainer.prune import encoder, measure, pieces, prune, size

    model = transformers.AutoModel.from_pretrained(base, dtype=torch.float32, attn_implementation="sdpa").eval()
    now = size(model.config)
    target = _target(now, wanted)
    text = (base / "tokenizer.json").read_text("utf-8")
    tokenizer, kept = pieces(text, texts, target.vocabulary)
    if max(kept) >= now.vocabulary:
        raise ValueError(f"the tokenizer's piece {max(kept)} is none of the model's {now.vocabulary}")
    importance = measure(model, batches(tokenizer, texts[:measured], kept))
    smaller = prune(model, target, importance, kept)
    found = encoder(smaller, batches(tokenizer, texts[:measured]), tokenizer)
    smaller.save_pretrained(out)
    found.save(out)
    return found


def _target(now: Size, wanted: dict[str, int | None]) -> Size:
    given = {name: value for name, value in wanted.items() if value is not None}
    if "keys" not in given and "heads" in given:  # the most key heads that the query heads spread over
        group = now.heads // now.keys
        fit = [
            keys for keys in range(1, now.keys + 1) if given["heads"] % keys == 0 and given["heads"] // keys <= group
        ]
        if not fit:
            raise ValueError(f"{given['heads']} query heads do not spread over at most {now.keys} key heads")
        given["keys"] = max(fit)
    return replace(now, **given)


def batches(
    tokenizer_json: str, texts: Sequence[str], rows: Sequence[int] | None = None
) -> Iterator[tuple[Tensor, Tensor]]:
    """(tokens, mask) of the texts as pieces of a pruned tokenizer, or as the base ids `rows` of these."""
    import torch
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(tokenizer_json)
    start, end = (tokenizer.token_to_id(piece) for piece in ("[CLS]", "[SEP]"))
    table = None if rows is None else torch.tensor(rows)
    for first in range(0, len(texts), ROWS):
        part = [text.encode("utf-8", "replace").decode() for text in texts[first : first + ROWS]]
        found = [
            [start, *encoding.ids[: LENGTH - 2], end]
            for encoding in tokenizer.encode_batch(part, add_special_tokens=False)
        ]
        longest = max(map(len, found))
        tokens = torch.tensor([ids + [0] * (longest - len(ids)) for ids in found])
        mask = torch.tensor([[1] * len(ids) + [0] * (longest - len(ids)) for ids in found])
        yield tokens if table is None else table[tokens], mask
