"""The guard over the texts of a payload: what is blocked, and what has to be replaced."""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Final

from guardkit.decide import Policy
from guardkit.errors import GuardBlocked
from guardkit.guard import Guard
from guardkit.joints import joints
from guardkit.observer import require, tell
from guardkit.payload import judged
from guardkit.redaction import Redaction, Span
from guardkit.stream import HOLD, Mode, StreamGuard
from guardkit.texts import Place, Text, numbered
from guardkit.verdict import Channel, Verdict, worst
from guardkit.view import View

__all__ = ["NOTHING", "Context", "Inspector", "OnVerdict"]

OnVerdict = Callable[[Verdict], object]

REMEMBERED = 8_192  # texts of which the outcome is kept
KEY = secrets.token_bytes(16)


@dataclass(frozen=True, slots=True)
class Context:
    """What an answer must not give away, and what its reader knows."""

    system: tuple[str, ...] = field(default=(), repr=False)
    known: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, texts: Iterable[Text]) -> Context:
        """The context that the texts of a request make for its answer."""
        listed = list(texts)
        return cls(
            tuple(text.text for text in listed if text.channel == "system" and not text.names),
            tuple(text.text for text in listed if text.channel not in ("system", "output")),
        )


NOTHING = Context()


class Inspector:
    """A guard with its settings. Thread-safe; two with equal settings are equal.

    Texts that passed are remembered by a keyed digest, never by themselves, so that a retry or the history that every
    turn of a conversation sends again costs no second check. `on_verdict` is called with every verdict that is not
    "allow", on the thread that checked.
    """

    __slots__ = ("_lock", "_passed", "guard", "hold", "mode", "on_verdict", "policy")

    def __init__(
        self,
        guard: Guard,
        *,
        policy: Policy | str | Path | None = None,
        mode: Mode = "window",
        hold: int = HOLD,
        on_verdict: OnVerdict | None = None,
    ) -> None:
        if on_verdict is not None:
            require("on_verdict", on_verdict)
        self.guard: Final = guard
        self.policy: Final = guard.policy if policy is None else Policy.resolve(policy)
        self.mode: Final = mode
        self.hold: Final = hold
        self.on_verdict: Final = on_verdict
        self._passed: OrderedDict[bytes, tuple[Span, ...]] = OrderedDict()
        self._lock: Final = Lock()
        self.stream(Context())  # raises for a wrong mode or hold now, not in mid-answer

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Inspector) and self._settings() == other._settings()

    def __hash__(self) -> int:
        return hash((id(self.guard), self.mode, self.hold))

    def __deepcopy__(self, memo: object) -> Inspector:
        """Itself: it is made to be shared, and what is guarded by a copy is guarded alike."""
        return self

    def __reduce__(self) -> tuple[object, ...]:
        """How it is pickled: its settings. What passed is not remembered."""
        return _made, (self.guard, self.policy, self.mode, self.hold, self.on_verdict)

    def _settings(self) -> tuple[object, ...]:
        return id(self.guard), self.policy, self.mode, self.hold, self.on_verdict

    def check(self, texts: Sequence[Text], context: Context = NOTHING) -> dict[Place, str]:
        """The texts that have to be replaced. Raises `GuardBlocked` with the worst verdict.

        The user's turns are checked together too, and so are the texts of one message, one tool or one answer, since
        an attack may be split over them. What would have to be redacted where nothing can be replaced is blocked.
        """
        found = [text for text in texts if text.text and not text.text.isspace()]
        together = joints(found)
        outcomes = self._outcomes([*found, *together], context)
        changes = {
            text.place: Redaction(text.text, spans).text
            for text, (spans, _) in zip(found, outcomes, strict=False)
            if spans and not text.fixed
        }
        blocked: list[Verdict] = []
        for text, (_, verdict) in zip([*found, *together], outcomes, strict=True):
            if verdict is None:
                continue
            self.report(verdict)
            eased = any(member.place in changes for member in together.get(text, ()))
            if verdict.blocked or (verdict.action == "redact" and text.fixed and not eased):
                blocked.append(replace(verdict, action="block", message=numbered(text)))
        if blocked:
            raise GuardBlocked(worst(blocked))
        return changes

    def stream(self, context: Context, channel: Channel = "output") -> StreamGuard:
        """The state of a text that arrives in pieces."""
        return StreamGuard(
            self.guard, self.mode, channel,
            hold=self.hold, policy=self.policy, system=context.system, known=context.known,
        )  # fmt: skip

    def label(self, text: str) -> None:
        """Raises `GuardBlocked` where names or metadata of an answer hold what must not come out.

        Only the deny list and the canary count: neither the model nor a pattern is right about what is no prose.
        """
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=KEY, person=b"label", digest_size=16)
        with self._lock:
            if digest.digest() in self._passed:
                self._passed.move_to_end(digest.digest())
                return
        policy = replace(self.policy, rules={}, channels={})
        verdict = self.guard.judge("output", policy=policy, rules_only=True)(text)
        self.report(verdict)
        if verdict.blocked:
            raise GuardBlocked(verdict)
        if verdict.allowed:
            self._keep({digest.digest(): ()})

    def suspects(self, lines: str) -> bool:
        """Whether lines hold an entry of the deny list, or the canary, as they stand or joined: a part of a check."""
        judge = self.guard.judge("output", policy=self.policy, rules_only=True)
        found = (any(detector.detect(View(lines))) for detector in judge.also)
        return judge.policy.denies([lines, lines.replace("\n", "")]) is not None or any(found)

    def observe(self, texts: Sequence[Text], context: Context) -> None:
        """Checks and reports, and blocks nothing."""
        for _, verdict in self._outcomes([text for text in texts if text.text.strip()], context):
            self.report(verdict)

    def report(self, verdict: Verdict | None) -> None:
        """Tells `on_verdict`, unless there is nothing to tell.

        Raises `GuardError` where that fails, as for observers: what cannot be recorded is not let through.
        """
        if self.on_verdict is None or verdict is None or verdict.allowed:
            return
        tell("on_verdict", self.on_verdict, verdict)

    def _outcomes(self, texts: Sequence[Text], context: Context) -> list[tuple[tuple[Span, ...], Verdict | None]]:
        """For each text the spans to take out, and its verdict unless it is remembered."""
        digests = [_digest(text, context) for text in texts]
        with self._lock:
            known = {
                digest: self._passed[digest]
                for digest, text in zip(digests, texts, strict=True)
                if digest in self._passed and not (text.fixed and self._passed[digest])
            }
            for digest in known:
                self._passed.move_to_end(digest)
        new = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
        verdicts = dict(zip(new, self._verdicts(list(new.values()), context), strict=True))
        passed = {
            digest: verdict.removed for digest, verdict in verdicts.items() if self._settled(verdict, new[digest])
        }
        self._keep(passed)
        return [
            (verdicts[digest].removed, verdicts[digest]) if digest in verdicts else (known[digest], None)
            for digest in digests
        ]

    def _keep(self, passed: Mapping[bytes, tuple[Span, ...]]) -> None:
        with self._lock:
            self._passed.update(passed)
            while len(self._passed) > REMEMBERED:
                self._passed.popitem(last=False)

    def _settled(self, verdict: Verdict, text: Text) -> bool:
        """Whether a later check could only say the same, and nobody has to hear of it again."""
        if verdict.blocked or verdict.degraded or verdict.truncated:
            return False
        return verdict.allowed or (self.on_verdict is None and not (verdict.action == "redact" and text.fixed))

    def _verdicts(self, texts: list[Text], context: Context) -> list[Verdict]:
        return judged(self.guard, texts, policy=self.policy, system=context.system, known=context.known)


def _made(guard: Guard, policy: Policy, mode: Mode, hold: int, on_verdict: OnVerdict | None) -> Inspector:
    return Inspector(guard, policy=policy, mode=mode, hold=hold, on_verdict=on_verdict)


def _digest(text: Text, context: Context) -> bytes:
    parts = [text.channel, "names" if text.names else "text", text.text]
    if text.channel == "output":
        parts += ["system", *context.system, "known", *context.known]
    state = hashlib.blake2b(key=KEY, digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "big") + data)
    return state.digest()
