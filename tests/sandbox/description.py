"""Holds answers against `webflow.yml`, our own words for what Webflow answers, and against the models of its SDK."""

import functools
import pydoc
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pydantic
import yaml
from jsonschema import Draft202012Validator

DESCRIPTION: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("webflow.yml").read_text())
FREE_IN_SDK = {"field_data", "validations"}  # depend on the collection and on the type: no model names their keys


def complaints(method: str, path: str, status: int, body: Any) -> list[str]:
    """What of an answer does not fit the description; a status that is not described is a complaint too."""
    name = _answers(method, path).get(status)
    if name is None:
        return [f"{status} is not described for {method} {path}"]
    return [*_misfits(f"#/$defs/{name}", body), *_unread(DESCRIPTION["schemas"][name], body)]


def value_complaints(field_type: str, value: Any) -> list[str]:
    """What of a value that was read does not fit its field's type."""
    return _misfits(f"#/values/{field_type}", value)


def _answers(method: str, path: str) -> dict[int, str]:
    """The described answers of an address by status; fixed words win over ids."""
    templates = sorted(DESCRIPTION["calls"], key=lambda call: call.count("{"))
    for template in templates:
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), f"{method} {path.partition('?')[0]}"):
            return dict(DESCRIPTION["calls"][template] | DESCRIPTION["refusals"])
    return dict(DESCRIPTION["unknown_address"] | {401: "error"})


@functools.cache
def _validator(pointer: str) -> Draft202012Validator:
    schema = {"$ref": pointer, "$defs": DESCRIPTION["schemas"], "values": DESCRIPTION["values"]}
    return Draft202012Validator(schema)


def _misfits(pointer: str, instance: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in _validator(pointer).iter_errors(instance)]


def _unread(schema: dict[str, Any], body: Any) -> list[str]:
    """What Webflow's own package refuses, or reads without knowing the key; one of the named models must fit."""
    models = schema.get("sdk", [])
    tried = [_unread_by(model, schema, body) for model in ([models] if isinstance(models, str) else models)]
    return min(tried, key=len, default=[])


def _unread_by(model: str, schema: dict[str, Any], body: Any) -> list[str]:
    known: Any = pydoc.locate(f"webflow.{model}")
    try:
        unknown = set(_unknown_keys(known.model_validate(body))) - set(schema.get("newer_than_sdk", []))
    except pydantic.ValidationError as error:
        return [str(error)]
    return [f"the SDK knows no {key} in its {model}" for key in unknown]


def _unknown_keys(read: Any) -> Iterator[str]:
    """Keys that a model of the SDK took in without knowing them."""
    if isinstance(read, list):
        for entry in read:
            yield from _unknown_keys(entry)
    elif isinstance(read, pydantic.BaseModel):
        yield from read.model_extra or {}
        for name in type(read).model_fields:
            if name not in FREE_IN_SDK:
                yield from _unknown_keys(getattr(read, name))
