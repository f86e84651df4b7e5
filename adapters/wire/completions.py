"""OpenAI's older completions."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from guardkit.errors import InputError
from guardkit.texts import Text, walk

from .chat import DONE, SETTINGS, UNREAD
from .protocol import REFUSAL, Data, Delta, Key, Parts, base, told

__all__ = ["Completions"]


class Completions:
    """`POST …/completions`. A prompt of token numbers cannot be read, so it is refused."""

    group = 1
    named = False
    bare = False

    def fresh(self) -> Completions:
        return self

    def request(self, body: Data) -> Iterator[Text]:
        if _tokens(body.get("prompt")):
            raise InputError("the prompt is a list of token numbers, which a guard cannot read: send it as text")
        for key, value in body.items():
            if key in SETTINGS:
                yield from told(value, (key,))
            elif key not in UNREAD:
                yield from walk(value, "user", (key,))

    def answer(self, body: Data) -> Iterator[Text]:
        yield from walk(body, "output")

    def event(self, data: Data) -> Parts:
        deltas: list[Delta] = []
        ends: list[Key] = []
        choices = [each for each in data.get("choices") or () if isinstance(each, dict)]
        for at, choice in enumerate(choices):
            number = choice.get("index", at)
            if isinstance(choice.get("text"), str):
                deltas.append(Delta((number, "text"), ("choices", at, "text"), choice["text"]))
            if choice.get("finish_reason"):
                ends.append((number,))
        rest = {**data, "choices": [{**choice, "text": None} for choice in choices]}
        return Parts(tuple(deltas), tuple(walk(rest, "output")), tuple(ends))

    def piece(self, data: Data, delta: Delta, text: str) -> Data:
        choice = {"index": delta.key[0], "text": text, "logprobs": None, "finish_reason": None}
        return {**base(data, "id", "object", "created", "model", "system_fingerprint"), "choices": [choice]}

    def refusal(self, asked: Data) -> Data:
        choice = {"index": 0, "text": REFUSAL, "logprobs": None, "finish_reason": "content_filter"}
        head = {"id": "cmpl-guardkit", "object": "text_completion", "created": int(time.time())}
        usage = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
        return {**head, "model": asked.get("model", ""), "choices": [choice], "usage": usage}

    def refusals(self, asked: Data) -> Iterable[Data | str]:
        whole = self.refusal(asked)
        yield {key: value for key, value in whole.items() if key != "usage"}
        yield DONE

    def stopped(self, first: Data, last: Data, keys: Sequence[Key]) -> Iterable[Data | str]:
        head = base(last, "id", "object", "created", "model", "system_fingerprint")
        numbers = sorted({key[0] for key in keys if isinstance(key[0], int)})
        ended = [{"index": each, "text": "", "logprobs": None, "finish_reason": "content_filter"} for each in numbers]
        yield {**head, "choices": ended}
        yield DONE


def _tokens(prompt: Any) -> bool:
    return isinstance(prompt, int) or (isinstance(prompt, list) and any(map(_tokens, prompt)))
