"""Collection + `ColumnMapping` → a pandera schema: the one gate that every value passes before it can be planned."""

import pandas as pd
import pandera.pandas as pa

from lib.fields import Reading, Rule, kind_of
from lib.fields.characters import is_blank
from lib.fields.column import Mask
from lib.model.collection import Collection
from lib.model.mapping import ColumnMapping
from lib.model.problem import Cause, Severity


def build_schema(collection: Collection, mapping: ColumnMapping) -> pa.DataFrameSchema:
    """A column for each matched field that sets limits: its values with the rules of its validations."""
    columns: dict[str, pa.Column] = {}
    for match in mapping.fields:
        field = collection.field(match.field_slug or "")
        checks = [pa.Check(rule.holds, name=rule.kind, error=rule.kind) for rule in kind_of(field.type).rules(field)]
        if checks:
            columns[field.slug] = pa.Column(None, checks=checks, nullable=True)
    return pa.DataFrameSchema(columns, index=pa.Index(int, unique=True), strict=True)


def broken_rules(
    values: pd.DataFrame, collection: Collection, mapping: ColumnMapping
) -> list[tuple[str, Rule, tuple[int, ...]]]:
    """The rules that values break, each with the slug of its field and its rows: on whole columns.

    All other values pass the schema; one that does not, or a rule that fails to run, is a fault of ours and raises
    `RuntimeError`. (Pandera is not asked which values fail: it takes 20 ms to say so of a column.)
    """
    schema = build_schema(collection, mapping)
    limited = values[list(schema.columns)].copy()
    broken = []
    for slug in map(str, limited):
        held = limited[slug].dropna()
        for rule in kind_of(collection.field(slug).type).rules(collection.field(slug)):
            rows = held.index[~_holds(rule, held)]
            if len(rows):
                limited.loc[rows, slug] = None
                broken.append((slug, rule, tuple(rows)))
    try:
        schema.validate(limited)
    except pa.errors.SchemaError as error:
        # Never the whole error: its text holds the person's values.
        raise RuntimeError(f"values of {error.schema.name} do not pass the schema") from None
    return broken


def refuse_lost(reading: Reading, texts: pd.Series, left_alone: Mask) -> None:
    """Every cell with text has a value, an error, or is `left_alone`; one that has nothing would pass unread, which is
    a fault of ours and raises `RuntimeError`."""
    rest = texts[reading.values.isna().to_numpy() & ~left_alone]
    told = [
        problem
        for problem in reading.problems
        if problem.severity is Severity.ERROR or problem.cause is Cause.GONE_ITEM
    ]
    lost = ~is_blank(rest) & ~rest.index.isin([row for problem in told for row in problem.rows])
    if lost.any():
        raise RuntimeError(f"{lost.sum()} cells were neither read nor refused")  # never the values themselves


def _holds(rule: Rule, values: pd.Series) -> Mask:
    try:
        return rule.holds(values).to_numpy(dtype=bool)
    except Exception:
        raise RuntimeError(f"the rule “{rule.kind}” failed to run") from None
