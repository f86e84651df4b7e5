"""Suites by public name: data sets of the Hugging Face hub, clones of repositories, and packages that hold data.

None of it is in this repository. What a loader needs and is not there is said in a `DataMissing`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.rows import DataMissing, Row, Rows

__all__ = ["Clone", "GuardBench", "Hub", "agentdojo", "bipia", "flagged", "injecagent", "requests"]

Record = Mapping[str, Any]
Mapper = Callable[[Record], Row | None]  # None: a row that is not to be scored


@dataclass(frozen=True, slots=True)
class Hub:
    """A data set of the hub: its name, configuration and splits, and what a record means."""

    name: str
    mapper: Mapper
    splits: tuple[str, ...] = ("test",)
    config: str | None = None

    def __call__(self, data: Path | None = None) -> Rows:
        hub = needed("datasets", "pip install datasets")
        found: list[Row | None] = []
        for split in self.splits:
            try:
                table = hub.load_dataset(self.name, self.config, split=split)
            except Exception as error:  # what it raises offline, without access, or after a renaming differs by version
                raise DataMissing(
                    f"{self.name} ({split}) could not be had from the hub: {type(error).__name__}. It needs a network, "
                    "and for gated sets `hf auth login` after accepting the terms"
                ) from error
            found += map(self.mapper, table)
        return Rows.of(row for row in found if row is not None)


@dataclass(frozen=True, slots=True)
class GuardBench:
    """One of GuardBench's sets, as the package `guardbench` downloads and converts it; of conversations all turns."""

    alias: str

    def __call__(self, data: Path | None = None) -> Rows:
        bench = needed("guardbench.datasets", "pip install guardbench")
        try:
            table = bench.get_dataset(self.alias).load("test").dataset
        except Exception as error:
            raise DataMissing(
                f"GuardBench's {self.alias} could not be had: {type(error).__name__}. The package downloads it at the "
                "first use; some sets need a login or a form (its docs/get_datasets.md)"
            ) from error
        return Rows.of(map(conversation, table))


@dataclass(frozen=True, slots=True)
class Clone:
    """Files of a repository that the user has cloned into `clones/<folder>` of the data folder."""

    folder: str
    url: str
    reader: Callable[[Path], Iterable[Row]]

    def __call__(self, data: Path | None = None) -> Rows:
        path = None if data is None else data / "clones" / self.folder
        if path is None or not path.is_dir():
            raise DataMissing(f"clone {self.url} into {path or 'clones/' + self.folder + ' of the data folder'}")
        try:
            return Rows.of(self.reader(path))
        except (OSError, KeyError, ValueError, TypeError) as error:
            raise DataMissing(f"{path} is not laid out as expected: {error!r}") from error


def needed(module: str, remedy: str) -> Any:
    """The module. Raises `DataMissing` with the remedy where it is not installed."""
    try:
        return import_module(module)
    except ImportError as error:
        raise DataMissing(f"{module.partition('.')[0]} is not installed: {remedy}") from error


# Records → rows


def flagged(
    text: str = "text", by: str = "label", *, when: object = 1, threat: str = "injection", subtype: str = ""
) -> Mapper:
    """A detection set: an attack where column `by` has the value (or one of the values) `when`, else benign.

    Without `by` every record is an attack, or, if the threat is "benign", harmless.
    """
    values = when if isinstance(when, tuple) else (when,)

    def row(record: Record) -> Row:
        label = threat if not by or record[by] in values else "benign"
        return Row(str(record[text]), label, 0 if label == "benign" and not by else None,
                   subtype=_text(record.get(subtype)))  # fmt: skip

    return row


def requests(text: str = "prompt", by: str = "", *, when: object = 1, subtype: str = "category") -> Mapper:
    """A set of requests: harmful where column `by` has the value `when`, or all of them without `by`."""

    def row(record: Record) -> Row:
        return Row(str(record[text]), "benign", int(not by or record[by] == when), subtype=_text(record.get(subtype)))

    return row


def conversation(record: Record) -> Row:
    """A record of GuardBench: a conversation and whether it is unsafe."""
    turns = record.get("conversation") or record.get("prompt") or ()
    texts = [turns] if isinstance(turns, str) else [str(turn["content"]) for turn in turns]
    return Row("\n".join(texts), "benign", int(bool(record["label"])), subtype=_text(record.get("category")))


def toxic_chat(record: Record) -> Row:
    """ToxicChat: toxicity is harm, and jailbreaking is a threat of its own."""
    label = "jailbreak" if record["jailbreaking"] else "benign"
    return Row(str(record["user_input"]), label, int(record["toxicity"]))


def wildguard(record: Record) -> Row | None:
    """WildGuardTest's prompts: adversarial harmful ones are jailbreaks; rows without a prompt label are left out."""
    if record["prompt_harm_label"] not in ("harmful", "unharmful"):
        return None
    harm = record["prompt_harm_label"] == "harmful"
    label = "jailbreak" if harm and record["adversarial"] else "benign"
    return Row(str(record["prompt"]), label, int(harm), subtype=_text(record.get("subcategory")))


def bipia(path: Path) -> Iterator[Row]:
    """BIPIA's test split: each context as it is, and with attacks in its middle and at its end, in turns."""
    attacks = [
        (kind, attack)
        for name in ("text_attack_test.json", "code_attack_test.json")
        for kind, listed in json.loads((path / "benchmark" / name).read_text("utf-8")).items()
        for attack in listed
    ]
    number = 0
    for task in ("email", "table", "code"):
        for line in (path / "benchmark" / task / "test.jsonl").read_text("utf-8").splitlines():
            context = json.loads(line)["context"]
            text = "\n".join(context) if isinstance(context, list) else str(context)
            yield Row(text, "benign", 0, "document", subtype=f"{task} context")
            for _ in range(2):
                kind, attack = attacks[number % len(attacks)]
                number += 1
                lines = text.split("\n")
                place = len(lines) // 2 if number % 2 else len(lines)
                hidden = "\n".join([*lines[:place], attack, *lines[place:]])
                yield Row(hidden, "injection", 0, "document", subtype=f"{task}: {kind}")


def injecagent(path: Path) -> Iterator[Row]:
    """InjecAgent's tool answers with an attacker's instruction, in its base and enhanced settings."""
    for name in ("dh_base", "ds_base", "dh_enhanced", "ds_enhanced"):
        for case in json.loads((path / "data" / f"test_cases_{name}.json").read_text("utf-8")):
            yield Row(str(case["Tool Response"]), "injection", 0, "tool", subtype=name)


def agentdojo(data: Path | None = None) -> Rows:
    """AgentDojo's injection goals in the wording of its "important instructions" attack family, and its user tasks.

    The goals stand in a frame of our own, since the package renders its attacks only while an agent runs.
    """
    suites = needed("agentdojo.task_suite.load_suites", "pip install agentdojo").get_suites("v1.2")
    return Rows.of(row for name, suite in suites.items() for row in _tasks(name, suite))


def _tasks(name: str, suite: Any) -> Iterator[Row]:
    for task in suite.injection_tasks.values():
        text = f"Before anything else, the assistant that reads this must do the following: {task.GOAL}"
        yield Row(text, "injection", None, "tool", subtype=f"{name} injection")
    for task in suite.user_tasks.values():
        yield Row(str(task.PROMPT), "benign", 0, "user", subtype=f"{name} task")


def _text(value: object) -> str | None:
    return None if value in (None, "") else str(value)
