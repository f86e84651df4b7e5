"""What others report of other guards, each number with its source: beside ours, never in one ranking."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["PUBLISHED", "Published"]


@dataclass(frozen=True, slots=True)
class Published:
    """`figures` are of `figure` on `suite`, as shares; `suite` is also the name of our suite where we have it."""

    suite: str
    figure: str
    source: str
    figures: tuple[tuple[str, float], ...]


PIGUARD = "PIGuard/InjecGuard, arXiv 2410.22770, table 7"
PIGUARD_1 = "PIGuard/InjecGuard, arXiv 2410.22770, table 1"
ANY = "mozilla-ai/any-guardrail 0.7.7, schemas/guardrail_benchmarks.json, native thresholds"
BENCH = "GuardBench, EMNLP 2024, docs/leaderboard.md"
FLIP = "FlipAttack, arXiv 2410.02832, table 2 (1 - bypass rate)"
PROMPT_GUARD = "Prompt Guard 2 model card, Meta's private benchmark (self-reported)"
PINT = "Lakera PINT leaderboard (private data, balanced accuracy)"
SCOUT = "aldenb/scout-0 model card (self-reported)"

PUBLISHED: tuple[Published, ...] = (
    Published("notinject", "false positives", PIGUARD_1, (
        ("PIGuard", 0.1268), ("Lakera Guard", 0.1239), ("GPT-4o", 0.1327), ("ProtectAI v2", 0.4336),
        ("LlamaGuard 3", 0.0029), ("Prompt Guard 1", 0.9912), ("deepset", 0.9469), ("fmops", 0.9440))),
    Published("notinject", "false positives", ANY, (
        ("Prompt Guard 2 86M", 0.032), ("PIGuard", 0.084), ("Sentinel", 0.242), ("ProtectAI", 0.383),
        ("deepset", 0.705))),
    Published("notinject", "false positives", SCOUT, (("Scout", 0.271),)),
    Published("piguard_wildguard_benign", "false positives", PIGUARD, (
        ("LlamaGuard 3", 0.0484), ("GPT-4o", 0.1576), ("Lakera Guard", 0.1740), ("PIGuard", 0.2389),
        ("ProtectAI v2", 0.2482), ("deepset", 0.4902), ("Prompt Guard 1", 0.9331))),
    Published("piguard_wildguard_benign", "false positives", SCOUT, (("Scout", 0.022),)),
    Published("xstest", "false positives", ANY, (
        ("WildGuard", 0.012), ("Llama Guard", 0.028), ("HarmAug-Guard", 0.036), ("Qwen3Guard 0.6B", 0.128),
        ("Granite Guardian 8B", 0.164), ("GLiGuard 300M", 0.184), ("Bielik-Guard 0.1B", 0.212))),
    Published("bipia", "recall", PIGUARD, (
        ("Prompt Guard 1", 1.0), ("fmops", 0.8867), ("deepset", 0.8467), ("PIGuard", 0.6834), ("GPT-4o", 0.66),
        ("LlamaGuard 3", 0.3967), ("Lakera Guard", 0.12), ("ProtectAI v2", 0.0867))),
    Published("flipattack", "recall", FLIP, (
        ("LlamaGuard 3 8B", 0.0808), ("LlamaGuard 7B", 0.0135), ("LlamaGuard 2 8B", 0.0), ("WildGuard 7B", 0.0019),
        ("OpenAI Moderation", 0.0))),
    Published("harmful requests", "GuardBench metric, mean of 17 request sets (by us); ours: 14 of them", BENCH, (
        ("Llama Guard 3 8B", 0.798), ("MD-Judge 7B", 0.817), ("Llama Guard defensive 7B", 0.869),
        ("ToxicChat T5 0.74B", 0.487), ("ToxiGen HateBERT 0.11B", 0.409), ("Detoxify 0.11B", 0.051))),
    Published("a private benchmark", "recall at 1% false positives", PROMPT_GUARD, (
        ("Prompt Guard 2 86M", 0.975), ("Prompt Guard 2 22M", 0.887), ("Prompt Guard 1", 0.212))),
    Published("PINT", "balanced accuracy", PINT, (
        ("Lakera Guard", 0.9522), ("AWS Bedrock Guardrails", 0.8924), ("Azure Prompt Shield", 0.8912),
        ("ProtectAI v2", 0.7914), ("Prompt Guard 2 86M", 0.7876), ("Google Model Armor", 0.7007))),
)  # fmt: skip
