"""What the OpenAPI document says beyond what the views tell by themselves."""

import json
from collections.abc import Iterable
from typing import Any

from timeline.api.changes import ChangeViewSet
from timeline.api.events import EventViewSet
from timeline.api.problems import MEDIA_TYPE
from timeline.api.renderers import BytesRenderer, JSONRenderer

PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem details.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "reason": {"type": "string", "enum": ["not-yet-known", "not-yet-recorded"]},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["parameter", "value", "expected"],
                "properties": {
                    "parameter": {"type": "string"},
                    "value": {"type": "string"},
                    "expected": {"type": "string"},
                    "suggestion": {"type": "string"},
                },
            },
        },
    },
}
PROBLEMS = {
    "400": "A parameter is unknown, does not apply here, or cannot be read; `errors` names each.",
    "404": "There is nothing at this address, and never was; or not yet at the moment asked for: `reason` says which.",
    "406": "None of the formats in `Accept` is to be had here.",
    "410": "What stood here was withdrawn; `detail` says why.",
    "414": "The address is longer than 8,192 bytes.",
    "503": "The question takes too long (`errors` names what to narrow), too many ask at once, or the database is "
    "away; `Retry-After` says when to ask again.",
}
#: Only a single record can be missing, gone or elsewhere.
OF_ONE = {"404", "410"}
EXAMPLES = {"on": "2018-05-30", "a": "PRK", "b": "SYR", "z": 2, "index": 196}
#: Parameters of a question without which there is no answer.
NEEDED = {"/timeline/tiles/": {"z", "from", "to"}}
#: Where an answer comes in other formats, too.
FORMATS = {
    "/events/": EventViewSet.formats,
    "/events/{id}/": EventViewSet.detail_formats,
    "/changes/": ChangeViewSet.formats,
}
EXAMPLES_OF_ID = {
    "countries": "PRK",
    "events": "syria-opens-mission-in-pyongyang",
    "kinds": "summit",
    "leaders": "kim-jong-un",
    "organizations": "kcna",
    "sources": "trend-2018-06-04-assad-kim",
}


def complete(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Postprocessing hook: every operation's errors, `fields` and `format`, 304 and, for one record, 301."""
    schemas = result["components"].setdefault("schemas", {})
    schemas["Problem"] = PROBLEM
    for path, operations in result["paths"].items():
        for operation in operations.values():
            if isinstance(operation, dict) and "responses" in operation:
                _complete_operation(path, operation, schemas)
    return result


def _complete_operation(path: str, operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    record = _record_of(operation, schemas)
    record.pop("required", None)  # `fields` may leave out any of them
    of_one = "{" in path
    place = path.rpartition("/v1")[2]
    formats = FORMATS.get(place, (JSONRenderer,))
    for status, description in PROBLEMS.items():
        if of_one or status not in OF_ONE:
            content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
            operation["responses"][status] = {"description": description, "content": content}
    operation["responses"]["304"] = {"description": "The answer with the ETag in `If-None-Match` still holds."}
    if of_one:
        operation["responses"]["301"] = {"description": "It stands under another public id now: `Location`."}
    for renderer in formats:
        operation["responses"]["200"]["content"].setdefault(renderer.media_type, {"schema": renderer.schema})
    operation.setdefault("parameters", []).extend(_form_parameters(record["properties"], formats))
    for parameter in operation["parameters"]:
        if parameter["name"] == "id":
            parameter |= {"description": "The public id.", "example": EXAMPLES_OF_ID[operation["tags"][0]]}
        elif parameter["name"] in EXAMPLES:
            parameter.setdefault("example", EXAMPLES[parameter["name"]])
        parameter["required"] = parameter["in"] == "path" or parameter["name"] in NEEDED.get(place, ())
        if not parameter["required"]:
            _leave_out_at_first(parameter)


def _leave_out_at_first(parameter: dict[str, Any]) -> None:
    """Tells the example without having it filled in: with all parameters at once, "Try it out" would find nothing."""
    if "example" in parameter:
        example = parameter.pop("example")
        parts = example if isinstance(example, list) else [example]
        text = ",".join(part if isinstance(part, str) else json.dumps(part) for part in parts)
        parameter["description"] += f" Example: `{text}`"
        parameter["schema"] = parameter["schema"] | {"examples": [example]}


def _record_of(operation: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """The schema of the record that the operation answers with, alone or as a member of ``results``."""
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    if schema["$ref"].endswith("List"):
        schema = schemas[schema["$ref"].rpartition("/")[2]]["properties"]["results"]["items"]
    return schemas[schema["$ref"].rpartition("/")[2]]


def _form_parameters(names: Iterable[str], formats: Iterable[type[BytesRenderer]]) -> list[dict[str, Any]]:
    return [
        {
            "name": "fields", "in": "query", "description": "Names of the fields to keep, parted by commas.",
            "style": "form", "explode": False, "example": list(names)[:2],
            "schema": {"type": "array", "items": {"type": "string", "enum": list(names)}, "minItems": 1},
        },
        {
            "name": "format", "in": "query", "description": "The format of the answer; wins over `Accept`.",
            "schema": {"type": "string", "enum": [renderer.format for renderer in formats]},
        },
    ]  # fmt: skip
