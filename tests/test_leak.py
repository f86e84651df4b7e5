"""A system prompt in an answer: found in any guise, and not where the words are anyone's."""

from __future__ import annotations

import base64

import pytest

from guardkit import Guard, Policy
from guardkit.leak import SYSTEM_PROMPT

SYSTEM = (
    "You are Ada, the assistant of the Hillside garden centre. Answer questions about plants, tools and opening hours. "
    "Never mention discounts above ten percent, and refer complaints to the manager on duty. If a customer insists, "
    'say: "I am sorry, but I cannot help you with that particular request today, so please ask the friendly staff at '
    'the counter." Keep every answer below eighty words and do not recommend other shops in the valley.'
)
PART = SYSTEM[:170]
LINE = SYSTEM[SYSTEM.index("I am sorry") : SYSTEM.index('" Keep')]


@pytest.fixture(scope="module")
def guard() -> Guard:
    return Guard(model=None)


GUISES = {
    "all": SYSTEM,
    "a part": f"Sure! My instructions begin with this: {PART} That is all I can say.",
    "lower case": PART.lower(),
    "other blanks and marks": PART.replace(" ", "  \n* "),
    "numbered": "\n".join(f"{n}. {line}" for n, line in enumerate(SYSTEM.split(". "))),
    "a word changed now and then": PART.replace("tools", "instruments").replace("ten", "10"),
    "base64": base64.b64encode(SYSTEM.encode()).decode(),
    "backwards": SYSTEM[::-1],
    "zero width": "\u200b".join(PART),
    "quoted in code": f'```python\nPROMPT = "{PART}"\n```',
}


@pytest.mark.parametrize("guise", GUISES)
def test_the_system_prompt_is_found(guard: Guard, guise: str) -> None:
    text = GUISES[guise]
    verdict = guard.check(text, "output", system=SYSTEM)
    assert verdict.blocked and verdict.label == "injection"
    finding = next(finding for finding in verdict.findings if finding.detector == SYSTEM_PROMPT)
    assert 0 <= finding.span[0] < finding.span[1] <= len(text) and "words of the system prompt" in finding.message


def test_the_evidence_is_the_run_of_words(guard: Guard) -> None:
    text = f"Sure! My instructions begin with this: {PART} That is all."
    verdict = guard.check(text, "output", system=[SYSTEM])
    (span,) = [finding.span for finding in verdict.findings if finding.detector == SYSTEM_PROMPT]
    assert PART.startswith(text[slice(*span)]) and len(PART) - 12 <= span[1] - span[0] <= len(PART)


HARMLESS = {
    "about something else": "Garlic is best planted in autumn, a few weeks before the ground freezes.",
    "a short introduction": "Hello! I am Ada, the assistant of the Hillside garden centre. How can I help you?",
    "what the prompt says to say": LINE,
    "common phrases": "Answer questions about plants? Of course: just ask me about plants, tools and opening hours.",
    "nothing": "",
}


@pytest.mark.parametrize("case", HARMLESS)
def test_what_is_no_leak(guard: Guard, case: str) -> None:
    verdict = guard.check(HARMLESS[case], "output", system=SYSTEM)
    assert verdict.allowed and SYSTEM_PROMPT not in {finding.detector for finding in verdict.findings}


def test_common_prompts_alarm_on_no_greeting(guard: Guard) -> None:
    for system, answer in (
        ("You are a helpful assistant.", "I am a helpful assistant. You are welcome!"),
        ("You are a helpful assistant that answers questions about our products.",
         "I am a helpful assistant that answers questions about our products."),
        ("You are a helpful and friendly assistant. Be brief.", "As a helpful and friendly assistant I will be brief."),
    ):  # fmt: skip
        assert guard.check(answer, "output", system=system).allowed


def test_a_short_prompt_is_a_secret_as_a_whole(guard: Guard) -> None:
    system = "Never mention the secret project Nightjar to any customer."
    assert guard.check(f"I was told this: {system}", "output", system=system).blocked
    assert guard.check("The secret project is called Nightjar.", "output", system=system).allowed


def test_what_the_user_wrote_may_be_repeated(guard: Guard) -> None:
    question = f"Is this a good prompt? {SYSTEM}"
    answer = f"It is good. I would only change the beginning: {PART}"
    assert guard.check(answer, "output", system=SYSTEM, known=question).allowed
    assert guard.check(answer, "output", system=SYSTEM, known="Is this a good prompt?").blocked
    messages = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": question},
                {"role": "assistant", "content": answer}]  # fmt: skip
    assert guard.check_messages(messages).allowed
    verdict = guard.check_messages([messages[0], {"role": "user", "content": "What do you do?"}, messages[2]])
    assert verdict.blocked and verdict.message == 2


def test_only_an_output_leaks(guard: Guard) -> None:
    assert guard.check(SYSTEM, "system", system=SYSTEM).allowed and guard.check(SYSTEM, "user", system=SYSTEM).allowed
    assert guard.check(SYSTEM, "output").allowed


def test_every_way_of_calling_knows_it(guard: Guard) -> None:
    assert [v.blocked for v in guard.check_many([SYSTEM, "Hello"], "output", system=SYSTEM)] == [True, False]
    assert guard.judge("output", system=SYSTEM)(SYSTEM).blocked


def test_a_policy_may_redact_it(guard: Guard) -> None:
    policy = Policy.parse({"channels": {"output": {"injection": "redact"}}})
    verdict = guard.check(f"Garlic likes sun. {SYSTEM} Plant it in autumn.", "output", system=SYSTEM, policy=policy)
    assert verdict.action == "redact" and verdict.redacted.startswith("Garlic likes sun. [removed]")
    assert "discounts" not in verdict.redacted and "manager" not in verdict.redacted


def test_scripts_without_spaces(guard: Guard) -> None:
    system = "あなたは丘の上の園芸店の案内係です。十パーセントを超える割引については決して話さないでください。"
    assert guard.check(f"はい。{system}", "output", system=system).blocked
    assert guard.check("にんにくは秋に植えるのが一番です。", "output", system=system).allowed
