"""The FastAPI dependency, on a real server: bodies of every kind, read as they are and not as they are written out."""

from __future__ import annotations

import dataclasses
from typing import Any, Literal

import pytest
from fastapi import Depends, FastAPI
from pydantic import AnyUrl, BaseModel, ConfigDict, Field, RootModel, SecretStr, field_validator
from pydantic.dataclasses import dataclass as pydantic_dataclass
from test_asgi import ATTACK, QUESTION, serving

from guardkit import Guard, Policy
from guardkit.adapters.fastapi import guarded_body
from guardkit.decide.policy import Rule
from guardkit.errors import InputError

HARD = Guard(model=None)
SOFT = Guard(Policy(channels={"user": {"injection": Rule("redact")}, "tool": {"injection": Rule("flag")}}), model=None)
PAGE = f"It is mild. {ATTACK} Bring a coat."
CLEAN = "It is mild. [removed] Bring a coat."


class Hidden(BaseModel):
    prompt: str = Field(exclude=True)


class Secret(BaseModel):
    prompt: SecretStr


class Lines(RootModel[list[str]]):
    pass


class Aliased(BaseModel):
    prompt: str = Field(validation_alias="question", serialization_alias="query")


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)
    prompt: str = Field(alias="question")


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    number: int = 1


class Raw(BaseModel):
    prompt: bytes
    link: AnyUrl = AnyUrl("https://example.org/")


class Strict(BaseModel):
    prompt: str

    @field_validator("prompt")
    @classmethod
    def whole(cls, prompt: str) -> str:
        if "[removed]" in prompt:
            raise ValueError(prompt)
        return prompt


class Message(BaseModel):
    role: Literal["user", "tool"]
    content: str | list[dict[str, Any]]


class Talk(BaseModel):
    turns: list[Message] = Field(alias="messages")
    settings: dict[str, Message] | None = None
    pair: tuple[int, Message] | None = None


@pydantic_dataclass
class Data:
    prompt: str = Field(alias="question")


def answered(body: Any, model: Any, *fields: str, guard: Guard = HARD) -> tuple[int, Any]:
    """What the application is given, or the reason why it is not called."""
    app = FastAPI()

    dependency = Depends(guarded_body(guard, model, *fields))

    @app.post("/")
    async def ask(body: Any = dependency) -> Any:
        return {"kind": type(body).__name__, "held": _held(body)}

    with serving(app) as client:
        response = client.post("/", json=body)
        assert "Ignore" not in response.text or response.status_code == 200
        return response.status_code, response.json()


def _held(body: Any) -> str:
    prompt = getattr(body, "prompt", body)
    prompt = prompt.turns if isinstance(prompt, Talk) else prompt
    if isinstance(prompt, SecretStr):
        return prompt.get_secret_value()
    return prompt.decode() if isinstance(prompt, bytes) else prompt if isinstance(prompt, str) else repr(prompt)


KINDS: list[tuple[Any, Any, str]] = [
    (Hidden, lambda text: {"prompt": text}, "prompt"), (Secret, lambda text: {"prompt": text}, "prompt"),
    (Lines, lambda text: ["x", text], "[*]"), (Aliased, lambda text: {"question": text}, "prompt"),
    (Aliased, lambda text: {"question": text}, "question"), (Aliased, lambda text: {"question": text}, "query"),
    (Frozen, lambda text: {"question": text}, "question"), (Open, lambda text: {"prompt": text}, "prompt"),
    (Raw, lambda text: {"prompt": text}, "prompt"), (Data, lambda text: {"question": text}, "question"),
    (list[Aliased], lambda text: [{"question": text}], "[*].question"),
    (dict[str, str], lambda text: {"a": text}, "b.c"),
]  # fmt: skip


@pytest.mark.parametrize(("model", "build", "field"), KINDS)
def test_every_kind_of_body(model: Any, build: Any, field: str) -> None:
    paths: list[tuple[str, ...]] = [(), (field,)] if field != "b.c" else [()]
    for fields in paths:
        status, got = answered(build(QUESTION), model, *fields)
        assert status == 200 and QUESTION in got["held"]
        status, got = answered(build(ATTACK), model, *fields)
        assert status == 403 and got["detail"]["label"] == "injection"
        status, got = answered(build(PAGE), model, *fields, guard=SOFT)
        assert status == 200 and CLEAN in got["held"] and got["kind"] == getattr(model, "__name__", got["kind"])


def test_what_is_not_valid_once_it_is_redacted_is_blocked(caplog: pytest.LogCaptureFixture) -> None:
    status, got = answered({"prompt": PAGE}, Strict, guard=SOFT)
    assert status == 403 and got["detail"]["label"] == "injection"
    assert answered({"prompt": QUESTION}, Strict, guard=SOFT)[0] == 200
    assert ATTACK not in caplog.text


def test_messages_are_read_by_their_role() -> None:
    for name in ("messages", "turns"):
        for fields in ((), (f"{name}[*]",)):
            told = {"messages": [{"role": "tool", "content": PAGE}, {"role": "user", "content": QUESTION}]}
            status, got = answered(told, Talk, *fields, guard=SOFT)
            assert status == 200 and ATTACK in got["held"], "a tool's text is only flagged"
            told["messages"][0]["role"] = "user"
            status, got = answered(told, Talk, *fields, guard=SOFT)
            assert status == 200 and CLEAN in got["held"] and ATTACK not in got["held"]


def test_a_path_that_leads_nowhere_is_refused() -> None:
    for model, field in (
        (Hidden, "promt"), (Hidden, "prompt.text"), (Hidden, "[*]"), (Lines, "prompt"), (Lines, "[*].x"),
        (Talk, "messages.content"), (Talk, "messages[*].text"), (Talk, "settings[*]"), (Data, "prompts"),
        (list[Hidden], "prompt"), (Raw, "prompt[0]"),
    ):  # fmt: skip
        with pytest.raises(InputError, match="leads nowhere"):
            guarded_body(HARD, model, field)
    for model, field in (
        (Talk, "messages[*].content"), (Talk, "turns[0].content[*].text"), (Talk, "settings.any.content"),
        (Talk, "pair[1].content"), (Open, "anything.at[*].all"), (Any, "prompt"), (list[Hidden], "[*].prompt"),
    ):  # fmt: skip
        assert callable(guarded_body(HARD, model, field))
    with pytest.raises(InputError, match="channel"):
        guarded_body(HARD, Hidden, channel="email")  # type: ignore[arg-type]


def test_a_dataclass_of_the_standard_library() -> None:
    @dataclasses.dataclass
    class Ask:
        prompt: str
        more: list[str] = dataclasses.field(default_factory=list)

    status, got = answered({"prompt": QUESTION, "more": [ATTACK]}, Ask, "more[*]")
    assert status == 403
    assert answered({"prompt": QUESTION, "more": [ATTACK]}, Ask, "prompt")[0] == 200
