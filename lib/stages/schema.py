"""Collection + `ColumnMapping` → a pandera schema: the one gate that every value passes before it can be planned."""

import pandas as pd
import pandera.pandas as pa

from lib.fields import Reading, Rule, kind_of
from lib.fields.characters import is_blank
from lib.model.collection import Collection
from lib.model.mapping import ColumnMapping
from lib.model.problem import Severity


def build_schema(collection: Collection, mapping: ColumnMapping) -> pa.DataFrameSchema:
    """A column for each matched field: its values with the rules of its validations."""
    columns: dict[str, pa.Column] = {}
    for match in mapping.fields:
        field = collection.field(match.field_slug or "")
        checks = [pa.Check(rule.holds, name=rule.kind, error=rule.kind) for rule in kind_of(field.type).rules(field)]
        columns[field.slug] = pa.Column(None, checks=checks, nullable=True)
    return pa.DataFrameSchema(columns, index=pa.Index(int, unique=True), strict=True)


def broken_rules(
    schema: pa.DataFrameSchema, values: pd.DataFrame, collection: Collection
) -> list[tuple[str, Rule, tuple[int, ...]]]:
    """The rules that values break, each with the slug of its field and its rows: lazily, and on whole columns.

    A check that fails to run is a fault of ours and raises `RuntimeError`.
    """
    try:
        schema.validate(values, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
    else:
        return []
    if cases["index"].isna().any():
        # Never the whole error: its text holds the person's values.
        raise RuntimeError(f"the schema itself failed: {sorted(set(cases['check'].astype(str)))[:3]}")
    groups = cases.groupby(["column", "check"], sort=False)["index"]
    return [
        (str(slug), _rule(collection, str(slug), str(check)), tuple(rows.astype(int).drop_duplicates()))
        for (slug, check), rows in groups
    ]


def refuse_lost(reading: Reading, texts: pd.Series, left_alone: pd.Series) -> None:
    """Every cell with text has a value, an error, or is `left_alone`; one that has nothing would pass unread, which is
    a fault of ours and raises `RuntimeError`."""
    told = [row for problem in reading.problems if problem.severity is Severity.ERROR for row in problem.rows]
    lost = reading.values.isna() & ~is_blank(texts) & ~left_alone & ~texts.index.isin(told)
    if lost.any():
        raise RuntimeError(f"{lost.sum()} cells were neither read nor refused")  # never the values themselves


def _rule(collection: Collection, slug: str, check: str) -> Rule:
    field = collection.field(slug)
    return next(rule for rule in kind_of(field.type).rules(field) if rule.kind == check)
