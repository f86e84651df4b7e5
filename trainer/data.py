"""Loading and balancing the public rows: which of them a training run sees, and with what weight.

`--data` names a folder that holds `train.parquet` with the columns id, text, label, harmful, channel, source, split,
lang. The balance is by source and label, because a few sources repeat a few templates.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import polars as pl

__all__ = ["CHANNELS", "THREATS", "Row", "load", "select"]

THREATS = ("benign", "injection", "jailbreak", "obfuscation")
CHANNELS = ("user", "document", "tool", "system", "output")

BENIGN_CAP = 560  # rows of one benign source; there are some 130 of them
ATTACK_CAP = 2_400
HARMFUL_CAP = 1_500
CAPS = {  # weak labels, few templates or a single language: less than the general cap
    "xsafety": 900, "multijail": 900, "hatemoji_build": 250, "tweeteval_hate": 200, "toxigen_demonstrations": 100,
    "xsafety_injection": 800, "jailjudge_id": 700, "asb_agent_logs": 900, "codechameleon": 150, "pyrit_jailbreaks": 347,
    "flames_roleplay_zh": 250, "vulcan_obfuscated": 700, "aisafetylab": 1_400, "jailtrickbench_adv": 1_300,
    "hinglish_injection": 700, "synth_tasks_multi": 900, "lobe_locales": 700, "sib200": 800, "lakera_mosscap": 1_100,
    "promptshield_train": 5_000, "wildguardtrain_sample": 4_200, "trigger_word_synth": 1_400, "bipia": 4_000,
    "neuralchemy_hf": 2_000, "parapet_tool_wrapped": 1_500, "wildchat_hard_ru": 600, "encoded_synth": 700,
    # harmless prompts that sound risky are scarce: all of them, whatever the scale
    "coconot_contrast_train": 2_600,
}  # fmt: skip

_PWNED = re.compile(r"i\s+have\s+been\s+pwned", re.IGNORECASE)
_PAYLOADS = ("access granted", "the door is open", "all your base", "mission complete", "hello from below", "I am free",
             "checkmate", "banana split", "the eagle has landed", "task finished", "green light",
             "we did it")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    text: str
    label: int  # index into THREATS, -1 unknown
    harmful: int  # 0, 1, -1 unknown
    channel: int  # index into CHANNELS
    source: str
    lang: str = ""
    span: tuple[int, int] | None = None  # where the attack sits, if known


def load(folder: Path, split: str) -> Iterator[Row]:
    """The rows of `train` or `dev`, in file order."""
    frame = pl.read_parquet(folder / "train.parquet").filter(pl.col("split") == split)
    columns = ("text", "label", "harmful", "channel", "source", "lang")
    for text, label, harmful, channel, source, lang in frame.select(columns).iter_rows():
        yield Row(
            text=text,
            label=THREATS.index(label) if label in THREATS else -1,
            harmful=-1 if harmful is None else int(harmful),
            channel=CHANNELS.index(channel) if channel in CHANNELS else 0,
            source=source,
            lang=lang or "",
        )


def select(rows: Iterator[Row], seed: int, scale: float = 1.0) -> list[Row]:
    """A balanced choice: each source and class up to its cap, template repeats thinned, fixed payloads varied.

    `scale` is a factor on the benign caps; the scarcer attacks and harmful requests are cut only below a quarter.
    """
    random = Random(seed)
    groups: dict[tuple[str, str], dict[int, list[Row]]] = {}
    for row in rows:
        kind = "attack" if row.label > 0 else "harmful" if row.harmful == 1 else "benign"
        # Rows that open alike are one template: they are drawn in turns, so that no template fills the cap.
        template = zlib.crc32(re.sub(r"\W+|\d+", " ", row.text[:60]).lower().encode("utf-8", "replace"))
        groups.setdefault((row.source, kind), {}).setdefault(template, []).append(row)
    chosen: list[Row] = []
    for (source, kind), templates in sorted(groups.items()):
        default = {"attack": ATTACK_CAP, "harmful": HARMFUL_CAP, "benign": BENIGN_CAP}[kind]
        cap = round((scale if kind == "benign" else min(1.0, 4 * scale)) * CAPS.get(source, default))
        piles = [random.sample(pile, len(pile)) for pile in templates.values()]
        random.shuffle(piles)
        taken: list[Row] = []
        while piles and len(taken) < cap:
            taken += [pile.pop() for pile in piles]
            piles = [pile for pile in piles if pile]
        chosen += taken[:cap]
    random.shuffle(chosen)
    return [_vary(row, random) for row in chosen]


def _vary(row: Row, random: Random) -> Row:
    """One constant payload dominates the HackAPrompt rows; unvaried, it becomes the shortcut."""
    if not _PWNED.search(row.text):
        return row
    payload = random.choice(_PAYLOADS)
    text = _PWNED.sub(payload, row.text)
    return Row(text, row.label, row.harmful, row.channel, row.source, row.lang)
