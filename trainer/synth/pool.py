# ruff: noqa: E501 - a grammar reads best with one group of alternatives per line
"""Real benign texts that the generator composes with; nothing of them is stored in the repository."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

# Long hosts drown the attack and cost time; the window logic of the runtime is trained on the corpus itself.
DOCUMENT_LIMIT, TASK_LIMIT, SYSTEM_LIMIT, HARMFUL_LIMIT = 1600, 320, 700, 260  # characters
_KEEP = 12_000  # texts per group: enough variety, little memory

# Sources whose benign text talks about attacks: fine as negatives of their own, confusing as hosts or tasks.
_ABOUT_ATTACKS = (
    "guardrail_docs|owasp|tldrsec|awesome_llm|garak|deepteam|prompt_engineering|deepset|hackat|promptshield|"
    "tensor_trust|parapet|spikee|bipia$|encoded|wycheproof|lockfiles|neural|asb_|trigger_word|hinglish_inj|typo_text"
)
# Only requests; the hate-speech sets are statements, which no jailbreak wraps.
_REQUEST = (  # statements of users are no foreign task when a document holds them
    r"(?i)\?\s*$|^\W*(please|can|could|would|will|what|who|why|how|when|where|which|is|are|do|does|write|give|tell|explain|"
    r"make|create|list|find|show|describe|generate|translate|suggest|recommend|summari[sz]e|calculate|i want|i need|help|"
    r"play|set|turn|book|compare|design|provide|rewrite|convert|name|identify|classify|develop|draft|compose|let's)\b"
)
_NOT_REQUESTS = "hatemoji|tweeteval|toxigen"


@dataclass(frozen=True, slots=True)
class Pool:
    """Benign documents, tool results, user tasks, system prompts and plain harmful requests (English, and `world`)."""

    documents: tuple[str, ...]
    tools: tuple[str, ...]
    tasks: tuple[str, ...]
    systems: tuple[str, ...]
    harmful: tuple[str, ...]
    world: dict[str, tuple[str, ...]] = field(default_factory=dict)  # language code -> documents

    @classmethod
    def load(cls, path: str | Path, seed: int = 0) -> Pool:
        """Returns a pool drawn from the training split of the data file, at most 12,000 texts per group."""
        import polars as pl

        length = pl.col("text").str.len_chars()
        rows = (
            pl.scan_parquet(path)
            .filter((pl.col("split") == "train") & (pl.col("label") == "benign") & (length >= 12))
            .filter(~pl.col("quoted_attack").fill_null(False) & ~pl.col("source").str.contains(_ABOUT_ATTACKS))
            .select("text", "harmful", "channel", "source", "lang", size=length)
            .collect()
        )
        english = rows.filter(pl.col("lang").fill_null("en") == "en")
        rng = Random(seed)

        def draw(frame: pl.DataFrame, limit: int, per_source: int = 1500) -> tuple[str, ...]:
            # at most `per_source` of each source, so that one large source does not set the style
            frame = frame.filter(pl.int_range(pl.len()).shuffle(seed=seed).over("source") < per_source)
            texts = [_cap(text, limit) for text in frame.sort("text")["text"].to_list()]
            rng.shuffle(texts)
            return tuple(texts[:_KEEP])

        safe = english.filter(pl.col("harmful") == 0)
        user = safe.filter((pl.col("channel") == "user") & (pl.col("size") <= TASK_LIMIT))
        user = user.filter(pl.col("text").str.contains(_REQUEST))
        harmful = english.filter((pl.col("harmful") == 1) & (pl.col("channel") == "user"))
        other = rows.filter((pl.col("channel") == "document") & (pl.col("harmful") == 0) & (pl.col("lang") != "en"))
        return cls(
            documents=draw(safe.filter((pl.col("channel") == "document") & (pl.col("size") >= 60)), DOCUMENT_LIMIT),
            tools=draw(safe.filter(pl.col("channel") == "tool"), DOCUMENT_LIMIT),
            tasks=draw(user, TASK_LIMIT, 700),
            systems=draw(safe.filter(pl.col("channel") == "system"), SYSTEM_LIMIT),
            harmful=draw(
                harmful.filter((pl.col("size") <= HARMFUL_LIMIT) & ~pl.col("source").str.contains(_NOT_REQUESTS)),
                HARMFUL_LIMIT,
            ),
            world={
                str(lang): draw(other.filter(pl.col("lang") == lang), DOCUMENT_LIMIT // 2)[:800]
                for lang in sorted(other["lang"].unique().to_list())
            },
        )


def _cap(text: str, limit: int) -> str:
    """Returns at most `limit` characters, cut at the end of a line, sentence or word."""
    if len(text) <= limit:
        return text.strip()
    head = text[:limit]
    cut = max(head.rfind("\n"), head.rfind(". ") + 1)
    return head[: cut if cut > limit // 2 else max(head.rfind(" "), limit // 2)].strip()
