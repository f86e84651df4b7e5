"""A time-boxed run over the corpus: coverage-guided where atheris is installed, else by blind mutation."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import click

CORPUS = Path(__file__).with_name("corpus")
MOST = 4_096  # bytes of an input
# Characters that the pipeline treats in some way of their own.
SPICE = [
    piece.encode("utf-8", "surrogatepass")
    for piece in ("\u200b", "\u202e", "\u0301", "\ufdfa", "\U000e0041", "\ufe0f", "\x1b[", "\b", "\0", "а", "=", "%41",
                  "&#65;", "\\u0041", "{", '"', "`", ".-", "01", "aGk=", "\r\n", "\ud800", "4", "ay ")
]  # fmt: skip


@click.command(help=__doc__)
@click.option("--seconds", default=60, show_default=True, type=click.IntRange(1))
@click.option("--seed", default=0, show_default=True)
@click.option("--corpus", default=CORPUS, show_default=True, type=click.Path(path_type=Path, exists=True))
def main(seconds: int, seed: int, corpus: Path) -> None:
    try:
        import atheris
    except ImportError:
        blind(seconds, seed, corpus)
        return
    with atheris.instrument_imports(include=["guardkit"]):
        from fuzz.target import probe
    options = [f"-max_total_time={seconds}", f"-max_len={MOST}", f"-seed={seed + 1}", "-timeout=60", str(corpus)]
    atheris.Setup([sys.argv[0], *options], probe)
    atheris.Fuzz()


def blind(seconds: int, seed: int, corpus: Path) -> None:
    """Mutates inputs of the corpus at random until the time is over; ends with the first find, which it writes down."""
    from fuzz.target import probe

    draw = random.Random(seed)
    known = [path.read_bytes() for path in sorted(corpus.iterdir())]
    until, count = time.monotonic() + seconds, 0
    for data in known:
        probe(data)
    while time.monotonic() < until:
        data = mutated(draw.choice(known), known, draw)
        try:
            probe(data)
        except BaseException:
            find = Path(f"fuzz-find-{seed}-{count}.bin")
            find.write_bytes(data)
            click.echo(f"a find after {count} inputs, written to {find}", err=True)
            raise
        count += 1
    click.echo(f"{len(known)} inputs of the corpus and {count} mutated ones, nothing found (atheris is not installed)")


def mutated(data: bytes, known: list[bytes], draw: random.Random) -> bytes:
    """An input with a few places changed: a byte, a spice, a repetition, or a piece of another input."""
    changed = bytearray(data)
    for _ in range(draw.randint(1, 6)):
        at = draw.randint(0, len(changed))
        other = draw.choice(known)
        start = draw.randint(0, len(other))
        piece = draw.choice(
            [
                bytes([draw.randrange(256)]),
                draw.choice(SPICE),
                draw.choice(SPICE) * draw.randint(2, 60),
                other[start : start + draw.randint(1, 200)],
                bytes(changed[at : at + draw.randint(1, 40)])[::-1],
            ]
        )
        changed[at : at + draw.choice((0, 0, len(piece)))] = piece
    return bytes(changed[:MOST])


if __name__ == "__main__":
    main()
