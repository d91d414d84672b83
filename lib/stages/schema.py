"""Collection + `ColumnMapping` → a pandera schema: the one gate that every value passes before it can be planned."""

from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa

from lib.fields import Rule, kind_of
from lib.model.collection import Collection
from lib.model.mapping import ColumnMapping

READABLE = "can be read"


def verdict_column(slug: str) -> str:
    """The companion of a field's values: what kept a cell from being read, "" if nothing did."""
    return f"{slug}: reading"


@dataclass(frozen=True, slots=True)
class Failure:
    """The rows of one field that break one rule; `rule` is None where the cell could not even be read."""

    slug: str
    rule: Rule | None
    rows: tuple[int, ...]


def build_schema(collection: Collection, mapping: ColumnMapping) -> pa.DataFrameSchema:
    """Two columns for each matched field: its values with the rules of its validations, and the reading verdicts."""
    columns: dict[str, pa.Column] = {}
    for match in mapping.fields:
        field = collection.field(match.field_slug or "")
        rules = kind_of(field.type).rules(field)
        checks = [pa.Check(rule.holds, name=rule.kind, error=rule.kind) for rule in rules]
        columns[field.slug] = pa.Column(None, checks=checks, nullable=True)
        readable = pa.Check(lambda verdicts: verdicts == "", name=READABLE, error=READABLE)
        columns[verdict_column(field.slug)] = pa.Column("str", checks=[readable], nullable=False)
    return pa.DataFrameSchema(columns, index=pa.Index(int, unique=True), strict=True)


def failures(schema: pa.DataFrameSchema, frame: pd.DataFrame, collection: Collection) -> tuple[Failure, ...]:
    """What the gate refuses, lazily and on whole columns; a check that fails to run is a fault of ours and raises."""
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
    else:
        return ()
    if cases["index"].isna().any():
        # Never the whole error: its text holds the person's values.
        raise RuntimeError(f"the schema itself failed: {sorted(set(cases['check'].astype(str)))[:3]}")
    groups = cases.groupby(["column", "check"], sort=False)["index"]
    return tuple(_failure(str(column), str(check), rows.astype(int), collection) for (column, check), rows in groups)


def _failure(column: str, check: str, rows: pd.Series, collection: Collection) -> Failure:
    slug = column.removesuffix(verdict_column(""))
    field = collection.field(slug)
    rule = next((rule for rule in kind_of(field.type).rules(field) if rule.kind == check), None)
    return Failure(slug, rule, tuple(rows.drop_duplicates()))
