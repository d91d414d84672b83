"""Frictionless: a table schema with patterns, lengths and enumerations, row by row."""

import functools
from typing import Any

from benchmarks import rules
from benchmarks.rules import Errors, Item
from benchmarks.sheets import COLUMNS, REQUIRED

NEEDS = ("frictionless",)


def read(content: bytes) -> tuple[list[Item], Errors]:
    """Items and errors. It does not strip cells, so its patterns allow blanks around them."""
    from frictionless import Resource

    items: list[Item] = []
    errors: Errors = []
    with Resource(content, format="csv", encoding="utf-8", schema=_schema()) as resource:
        for row in resource.row_stream:
            wrong = dict.fromkeys(error.field_name for error in row.errors)
            values = _values(row, wrong)
            if wrong:
                errors += [(row.row_number, column) for column in wrong]
            else:
                items.append(rules.item(values))
    return items, errors


def _values(row: Any, wrong: dict[str, None]) -> dict[str, Any]:
    """The values of a row; what the schema cannot say is looked up here, and added to what is wrong."""
    values = {}
    for column in COLUMNS:
        text = (row[column] or "").strip() if column not in wrong else ""
        try:
            values[column] = rules.value_of(column, text) if text else None
        except ValueError:
            wrong[column] = None
    return values


@functools.cache
def _schema() -> Any:
    from frictionless import Schema

    return Schema.from_descriptor({"fields": [_field(column) for column in COLUMNS], "missingValues": [""]})


def _field(column: str) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": column in REQUIRED}
    pattern = rules.PATTERNS.get(column, "").removeprefix("^").removesuffix("$")
    if pattern:
        constraints["pattern"] = rf"\s*(?:{pattern})?\s*"
    return {"name": column, "type": "string", "constraints": constraints}
