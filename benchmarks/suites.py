"""What is measured: one suite per public benchmark, and the dev rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from guardkit.verdict import Channel

__all__ = ["SUITES", "Group", "Rows", "Suite", "find", "read"]

Group = Literal["over-defence", "injection", "jailbreak", "obfuscation", "harmful requests", "harmful texts", "dev"]
Task = Literal["threat", "harmful", "both"]  # which score ranks the rows
Mask = NDArray[np.bool_]

COLUMNS = ("text", "label", "harmful", "channel", "lang")


@dataclass(frozen=True, slots=True)
class Suite:
    """`mean`: the suite counts in the mean over the request and question sets that the issue sets a floor for."""

    name: str
    group: Group
    task: Task
    file: str = ""  # in the data folder; `bench/<name>.parquet` if empty
    split: str = ""  # only these rows
    guardbench: bool = False  # a member of GuardBench: its metric is recall or F1
    mean: bool = False

    def path(self, data: Path) -> Path:
        return data / (self.file or f"bench/{self.name}.parquet")


@dataclass(frozen=True)
class Rows:
    """The rows of a suite, in file order."""

    text: tuple[str, ...]
    label: tuple[str | None, ...]
    harmful: tuple[int | None, ...]
    channel: tuple[Channel, ...]
    lang: tuple[str | None, ...]

    def __len__(self) -> int:
        return len(self.text)

    @cached_property
    def attack(self) -> Mask:
        return np.array([label not in ("benign", None) for label in self.label], bool)

    @cached_property
    def calm(self) -> Mask:
        """No attack, whether or not it asks for something harmful: the negatives of the threat score."""
        return np.array([label == "benign" for label in self.label], bool)

    @cached_property
    def harm(self) -> Mask:
        return np.array([value == 1 for value in self.harmful], bool)

    @cached_property
    def wanted(self) -> Mask:
        """What a guard should catch: an attack, or harmful content."""
        return self.attack | self.harm

    @cached_property
    def innocent(self) -> Mask:
        """What it should let pass: benign, and harmless or of unknown harm."""
        return self.calm & ~self.harm


def read(suite: Suite, data: Path, limit: int = 0) -> Rows:
    """The rows; with a limit that many of them, spread evenly over the file, so that no class is cut off."""
    import polars as pl  # here, because the reports that read no data run without it too

    frame = pl.scan_parquet(suite.path(data))
    if suite.split:
        frame = frame.filter(pl.col("split") == suite.split)
    table = frame.select(COLUMNS).collect()
    if 0 < limit < table.height:
        table = table[np.linspace(0, table.height - 1, limit).astype(int).tolist()]
    return Rows(*(tuple(table[column].to_list()) for column in COLUMNS))


def find(names: tuple[str, ...]) -> tuple[Suite, ...]:
    """The suites of these names, all of them if there are none. Raises KeyError for one that does not exist."""
    known = {suite.name: suite for suite in SUITES}
    return tuple(known[name] for name in names) if names else SUITES


def _requests(*names: str, mean: bool = True) -> list[Suite]:
    return [Suite(name, "harmful requests", "harmful", guardbench=True, mean=mean) for name in names]


SUITES: tuple[Suite, ...] = (
    Suite("notinject", "over-defence", "threat"),
    Suite("piguard_wildguard_benign", "over-defence", "threat"),
    Suite("mt_vicuna_bench", "over-defence", "threat"),
    Suite("oktest", "over-defence", "threat"),
    Suite("mitre_frr", "over-defence", "threat"),
    Suite("bipia", "injection", "threat"),
    Suite("injecagent", "injection", "threat"),
    Suite("piguard_valid", "injection", "threat"),
    Suite("parapet_l1_holdout", "injection", "threat"),
    Suite("jbb_artifacts", "jailbreak", "threat"),
    Suite("tasktracker_pair", "jailbreak", "threat"),
    Suite("flipattack", "obfuscation", "threat"),
    *_requests(
        "advbench_behaviors", "harmbench_behaviors", "i_cona", "i_controversial", "i_malicious_instructions",
        "i_physical_safety", "malicious_instruct", "strong_reject", "tdc_red_teaming", "cat_qa", "do_not_answer",
        "harmful_q", "xstest",
    ),
    *_requests("jailbreakbench", mean=False),
    *(
        Suite(name, "harmful texts", "harmful", guardbench=True)
        for name in ("hatecheck", "openai_moderation", "safe_text", "convabuse", "dices_350",
                     "decoding_trust_stereotypes")
    ),
    Suite("dev", "dev", "both", file="train.parquet", split="dev"),
)  # fmt: skip
