"""The registry: every suite with its source, licence, task, metric and loader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from benchmarks import hub
from benchmarks.files import Parquet
from benchmarks.hub import Clone, GuardBench, Hub, flagged, requests
from benchmarks.rows import Rows

__all__ = ["LOCAL", "REMOTE", "SUITES", "Group", "Suite", "find"]

Group = Literal[
    "over-defence", "injection", "jailbreak", "obfuscation", "harmful requests", "harmful texts", "dev", "yours"
]
Task = Literal["threat", "harmful", "both"]  # which score ranks the rows
CARD = "see its card"
DATA = "data card"  # shared/data/README.md, which names the sources


@dataclass(frozen=True, slots=True)
class Suite:
    """`mean`: the suite counts in the mean over the request and question sets that the targets set a floor for."""

    name: str
    group: Group
    task: Task
    loader: Callable[[Path | None], Rows] = field(repr=False)  # raises DataMissing
    source: str = DATA
    licence: str = CARD
    guardbench: bool = False  # a member of GuardBench: its metric is recall or F1
    mean: bool = False

    @property
    def metric(self) -> str:
        """The figure to look at first."""
        if self.group == "over-defence":
            return "false positives"
        return "recall, or F1 with harmless rows" if self.guardbench else "AUC, recall, false positives"

    def read(self, data: Path | None, limit: int = 0) -> Rows:
        """The rows, or with a limit that many of them. Raises `DataMissing`."""
        return self.loader(data).spread(limit)


def find(names: tuple[str, ...]) -> tuple[Suite, ...]:
    """The suites of these names, the local ones if there are none. Raises KeyError for one that does not exist."""
    known = {suite.name: suite for suite in SUITES}
    return tuple(known[name] for name in names) if names else LOCAL


def _bench(name: str, group: Group, task: Task, licence: str, *, guardbench: bool = False, mean: bool = False) -> Suite:
    return Suite(name, group, task, Parquet(f"bench/{name}.parquet"), DATA, licence, guardbench, mean)


def _requests(licence: str, *names: str) -> list[Suite]:
    return [_bench(name, "harmful requests", "harmful", licence, guardbench=True, mean=True) for name in names]


# The licences of the local files are the classes of their column licence_class.
LOCAL: tuple[Suite, ...] = (
    _bench("notinject", "over-defence", "threat", "permissive"),
    _bench("piguard_wildguard_benign", "over-defence", "threat", "permissive"),
    _bench("mt_vicuna_bench", "over-defence", "threat", "permissive"),
    _bench("oktest", "over-defence", "threat", "unstated"),
    _bench("mitre_frr", "over-defence", "threat", "permissive"),
    _bench("bipia", "injection", "threat", "share-alike"),
    _bench("injecagent", "injection", "threat", "permissive"),
    _bench("piguard_valid", "injection", "threat", "permissive"),
    _bench("parapet_l1_holdout", "injection", "threat", "non-commercial"),
    _bench("jbb_artifacts", "jailbreak", "threat", "permissive"),
    _bench("tasktracker_pair", "jailbreak", "threat", "permissive"),
    _bench("flipattack", "obfuscation", "threat", "unstated"),
    *_requests("permissive", "advbench_behaviors", "harmbench_behaviors"),
    *_requests("non-commercial", "i_cona", "i_controversial", "i_malicious_instructions", "i_physical_safety"),
    *_requests("permissive", "malicious_instruct", "strong_reject", "tdc_red_teaming", "cat_qa", "do_not_answer"),
    *_requests("share-alike", "harmful_q"),
    *_requests("permissive", "xstest"),
    _bench("jailbreakbench", "harmful requests", "harmful", "permissive", guardbench=True),
    *(
        _bench(name, "harmful texts", "harmful", "permissive", guardbench=True)
        for name in ("hatecheck", "openai_moderation", "safe_text", "convabuse", "dices_350")
    ),
    _bench("decoding_trust_stereotypes", "harmful texts", "harmful", "share-alike", guardbench=True),
    Suite("dev", "dev", "both", Parquet("train.parquet", "dev"), DATA, "per source"),
)


def _hub(
    name: str, group: Group, task: Task, source: str, licence: str, mapper: hub.Mapper, *splits: str,
    config: str | None = None,
) -> Suite:  # fmt: skip
    return Suite(f"hub:{name}", group, task, Hub(source, mapper, splits or ("test",), config), source, licence)


_INJECT = tuple(f"NotInject_{number}" for number in ("one", "two", "three"))
_ALIASES: dict[Group, str] = {
    "harmful requests": (
        "advbench_behaviors harmbench_behaviors i_cona i_controversial i_malicious_instructions i_physical_safety "
        "malicious_instruct mitre strong_reject_instructions tdc_red_teaming cat_qa do_anything_now_questions "
        "do_not_answer harmful_q harmful_qa_questions hex_phi xstest aart simple_safety_tests toxic_chat harm_eval "
        "jbb_behaviors niche_hazard_qa tech_hazard_qa"
    ),
    "harmful texts": (
        "advbench_strings decoding_trust_stereotypes dynahate hatecheck hatemoji_check safe_text toxigen "
        "openai_moderation_dataset beaver_tails_330k bot_adversarial_dialogue convabuse dices_350 dices_990 harmful_qa "
        "prosocial_dialog"
    ),
}

REMOTE: tuple[Suite, ...] = (
    _hub("notinject", "over-defence", "threat", "leolee99/NotInject", "MIT",
         flagged("prompt", "", threat="benign", subtype="category"), *_INJECT),
    _hub("deepset", "injection", "threat", "deepset/prompt-injections", "Apache-2.0", flagged()),
    _hub("gandalf", "injection", "threat", "Lakera/gandalf_ignore_instructions", "MIT", flagged(by="")),
    _hub("qualifire", "jailbreak", "threat", "qualifire/prompt-injections-benchmark", CARD,
         flagged(when="jailbreak", threat="jailbreak")),
    _hub("wildguardtest", "harmful requests", "both", "allenai/wildguardmix", "ODC-BY, gated", hub.wildguard,
         config="wildguardtest"),
    _hub("toxicchat", "harmful requests", "both", "lmsys/toxic-chat", "CC-BY-NC-4.0", hub.toxic_chat,
         config="toxicchat0124"),
    _hub("jailbreakbench", "harmful requests", "harmful", "JailbreakBench/JBB-Behaviors", "MIT",
         requests("Goal", subtype="Category"), "harmful", config="behaviors"),
    _hub("jailbreakbench_benign", "over-defence", "threat", "JailbreakBench/JBB-Behaviors", "MIT",
         flagged("Goal", "", threat="benign", subtype="Category"), "benign", config="behaviors"),
    *(
        _hub(f"harmbench_{kind}", "harmful requests", "harmful", "walledai/HarmBench", "MIT", requests(), "train",
             config=kind)
        for kind in ("standard", "contextual", "copyright")
    ),
    _hub("xstest", "harmful requests", "harmful", "walledai/XSTest", "CC-BY-4.0",
         requests(by="label", when="unsafe", subtype="type")),
    _hub("orbench_hard", "over-defence", "threat", "bench-llm/or-bench", "CC-BY-4.0",
         flagged("prompt", "", threat="benign", subtype="category"), "train", config="or-bench-hard-1k"),
    _hub("orbench_toxic", "harmful requests", "harmful", "bench-llm/or-bench", "CC-BY-4.0", requests(), "train",
         config="or-bench-toxic"),
    Suite("clone:bipia", "injection", "threat",
          Clone("BIPIA", "https://github.com/microsoft/BIPIA", hub.bipia), "microsoft/BIPIA", "MIT, data CC-BY-SA-4.0"),
    Suite("clone:injecagent", "injection", "threat",
          Clone("InjecAgent", "https://github.com/uiuc-kang-lab/InjecAgent", hub.injecagent),
          "uiuc-kang-lab/InjecAgent", "MIT"),
    Suite("package:agentdojo", "injection", "threat", hub.agentdojo, "PyPI agentdojo", "MIT"),
    *(
        Suite(f"guardbench:{alias}", group, "harmful", GuardBench(alias), f"GuardBench {alias}", "per set", True)
        for group, aliases in _ALIASES.items()
        for alias in aliases.split()
    ),
)  # fmt: skip

SUITES: tuple[Suite, ...] = LOCAL + REMOTE
