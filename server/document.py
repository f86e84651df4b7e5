"""The OpenAPI document, made of the tables that the routes themselves read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from guardkit import __version__
from guardkit.adapters.litellm.endpoint import PATH
from guardkit.verdict import ACTIONS, CHANNELS, LABELS, Route

from .problem import KINDS
from .question import BATCH, CHECK, Table
from .service import Service

__all__ = ["document"]

Schema = dict[str, Any]

STRING: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
BOOLEAN: Schema = {"type": "boolean"}
SPAN: Schema = {
    "type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2,
    "description": "Start and end in the original text, counted in Unicode code points.",
}  # fmt: skip
LABEL: Schema = {"type": "string", "enum": list(LABELS)}


def _told(schema: Schema, about: str) -> Schema:
    return {**schema, "description": about}


def _object(properties: Schema, required: Sequence[str] | None = None) -> Schema:
    names = list(properties) if required is None else list(required)
    return {"type": "object", "properties": properties, "required": names, "additionalProperties": False}


FINDING = _object({
    "detector": STRING,
    "label": LABEL,
    "score": _told(SHARE, "0 is context, such as encoded content, and no accusation."),
    "span": SPAN,
    "message": STRING,
    "decoded": _told(STRING, "At most 200 characters of what was uncovered."),
    "chain": {"type": "array", "items": STRING, "description": "The decoding steps, the first one first."},
})  # fmt: skip

VERDICT = _object({
    "action": {"type": "string", "enum": list(ACTIONS)},
    "label": LABEL,
    "score": _told(SHARE, "Calibrated, of the label."),
    "scores": {"type": "object", "additionalProperties": SHARE, "propertyNames": LABEL},
    "findings": {"type": "array", "items": {"$ref": "#/components/schemas/Finding"}},
    "views": {"type": "array", "items": STRING, "description": "The texts that were scored."},
    "redacted": _told(STRING, "The text without the offending sentences."),
    "route": {"type": "string", "enum": list(get_args(Route))},
    "windows": {"type": "integer", "minimum": 0},
    "truncated": _told(BOOLEAN, "The text was too long to be checked in full."),
    "degraded": _told(STRING, "What was not checked and why; empty when everything was."),
    "severity": SHARE,
    "confidence": _told(SHARE, "That the label is right."),
    "elapsed_ms": _told(NUMBER, "Of the check, without waiting."),
    "channel": {"type": "string", "enum": list(CHANNELS)},
    "policy": STRING,
    "message": _told({"type": ["integer", "null"]}, "Null: only a conversation's verdict is about a message."),
    "removed": {"type": "array", "items": SPAN, "description": "Where `redacted` lacks something."},
    "blocked": BOOLEAN,
    "allowed": BOOLEAN,
    "code": {"type": "integer", "minimum": 0, "maximum": 65535, "description": "The 16-bit response code."},
})  # fmt: skip

ERROR = _object({"error": _object({"type": {"type": "string", "enum": list(KINDS)}, "message": STRING})})

ANYTHING: Schema = {"type": "array", "items": {"type": "object"}}
ASKED_BY_LITELLM: Schema = {
    "type": "object",
    "properties": {
        "input_type": {"type": "string", "enum": ["request", "response"]},
        "texts": {"type": ["array", "null"], "items": STRING},
        "structured_messages": {"type": ["array", "null"], "items": {"type": "object"}},
        "tools": {"type": ["array", "null"], "items": {"type": "object"}},
        "tool_calls": {"type": ["array", "null"], "items": {"type": "object"}},
    },
    "required": ["input_type"],
}
TOLD_LITELLM = _object({
    "action": {"type": "string", "enum": ["NONE", "BLOCKED", "GUARDRAIL_INTERVENED"]},
    "blocked_reason": STRING,
    "texts": {"type": "array", "items": STRING},
    "structured_messages": ANYTHING,
    "tools": ANYTHING,
    "stream_holdback_chars": {"type": "array", "items": {"type": "integer"}},
}, ["action"])  # fmt: skip
STATUS = _object({"status": {"type": "string", "enum": ["alive", "ready"]}})

READ = ("bad_json", "bad_request")
GATE = ("unauthorized", "slow_body", "too_large", "busy", "internal", "timeout")
CHECKED = (*READ, *GATE, "not_checked", "not_ready")


def document(service: Service) -> Schema:
    """The OpenAPI 3.1 document of the server, with its own policies and limits."""
    keyed: list[Schema] = [{"bearer": []}, {"header": []}] if service.keys else []
    policies = list(service.policies)

    def asked(table: Table) -> Schema:
        schema = _object({name: _told(dict(each.schema), each.about) for name, each in table.items()},
                         [name for name, each in table.items() if each.required])  # fmt: skip
        schema["properties"]["policy"] |= {"enum": policies, "default": policies[0]}
        if "texts" in schema["properties"]:
            schema["properties"]["texts"]["maxItems"] = service.settings.most
        return schema

    return {
        "openapi": "3.1.0",
        "info": {
            "title": "guardkit", "version": __version__, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "description": f"Checks texts for prompt injections, jailbreaks and hidden attacks. A body has at most "
            f"{service.settings.body} bytes; an answer comes within {service.settings.timeout:g} seconds. What is "
            "answered with an error was not checked.",
        },
        "paths": {
            "/v1/check": {"post": _operation("Check one text", "Verdict", CHECKED, keyed, "Check")},
            "/v1/check:batch": {"post": _operation("Check several texts", "Verdicts", CHECKED, keyed, "Batch")},
            PATH: {"post": _operation("LiteLLM's generic guardrail API", "Guardrail", (*GATE, "not_ready"), keyed,
                                      "GuardrailInputs", own=True)},
            "/metrics": {"get": _operation("Metrics for Prometheus", "text/plain", GATE, keyed)},
            "/healthz": {"get": _operation("Whether the process is alive", "Status")},
            "/readyz": {"get": _operation("Whether it answers with verdicts", "Status", ("not_ready",))},
            "/openapi.json": {"get": _operation("This document", "application/json")},
            "/": {"get": _operation("The playground, a page to try texts on", "text/html")},
        },
        "components": {
            "schemas": {
                "Check": asked(CHECK), "Batch": asked(BATCH), "Verdict": VERDICT, "Finding": FINDING,
                "Verdicts": _object({"verdicts": {"type": "array", "items": _reference("Verdict")}}),
                "GuardrailInputs": ASKED_BY_LITELLM, "Guardrail": TOLD_LITELLM, "Status": STATUS, "Error": ERROR,
            },
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
            },
        },
    }  # fmt: skip


def _operation(
    summary: str, answer: str, problems: Sequence[str] = (), keyed: Sequence[Schema] = (), body: str = "", *,
    own: bool = False,
) -> Schema:  # fmt: skip
    """A path's operation. `answer` is a schema or a media type; `own`: errors may have the form of another's API."""
    content = {answer: {}} if "/" in answer else {"application/json": {"schema": _reference(answer)}}
    responses: Schema = {"200": {"description": "Done.", "content": content}}
    for kind in problems:
        status, about = KINDS[kind]
        known = responses.setdefault(str(status), {"description": "", "content": _errors()})
        known["description"] = f"{known['description']} {kind}: {about}".strip()
    if own:
        responses |= {status: {"description": "What was sent cannot be checked.", "content": {"application/json": {}}}
                      for status in ("400", "500")}  # fmt: skip
    operation: Schema = {"summary": summary, "responses": responses}
    if keyed:
        operation["security"] = list(keyed)
    if body:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": _reference(body)}}}
    return operation


def _errors() -> Mapping[str, Any]:
    return {"application/json": {"schema": _reference("Error")}}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
