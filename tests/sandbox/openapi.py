"""Holds an answer against an OpenAPI description of Webflow's API, whose path comes from WEBFLOW_OPENAPI."""

import functools
import os
import re
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

PATH = os.environ.get("WEBFLOW_OPENAPI", "")
SOURCE = "urn:openapi"


@functools.cache
def description() -> dict[str, Any]:
    return dict(yaml.safe_load(Path(PATH).read_text()))


@functools.cache
def registry() -> Registry[Any]:
    return Registry().with_resource(SOURCE, Resource(contents=description(), specification=DRAFT202012))


def operation(method: str, path: str) -> dict[str, Any] | None:
    """The described operation of an address; fixed words win over ids."""
    for template in sorted(description()["paths"], key=lambda t: t.count("{")):
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path.partition("?")[0]):
            found = description()["paths"][template].get(method.lower())
            if found:
                return dict(found)
    return None


def complaints(method: str, path: str, status: int, body: Any) -> list[str]:
    """What does not fit; a status that is not described is a complaint too."""
    described = operation(method, path)
    if described is None:
        return []
    response = described["responses"].get(str(status))
    if response is None:
        return [f"{status} is not described for {method} {path}"]
    while "$ref" in response:
        response = functools.reduce(lambda node, key: node[key], response["$ref"][2:].split("/"), description())
    content = response.get("content", {}).get("application/json")
    if content is None:
        return [] if body is None else ["a body where none is described"]
    schema = _absolute(content["schema"])
    return [error.message for error in Draft202012Validator(schema, registry=registry()).iter_errors(body)]


def _absolute(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {
            k: f"{SOURCE}{v}" if k == "$ref" and str(v).startswith("#") else _absolute(v) for k, v in schema.items()
        }
    return [_absolute(entry) for entry in schema] if isinstance(schema, list) else schema
