"""Pandas and pandera as most people write it: a check of each cell, all errors at once, then a dictionary a row."""

import functools
import io
from typing import Any

from benchmarks import rules
from benchmarks.rules import Errors, Item
from benchmarks.sheets import COLUMNS, REQUIRED

NEEDS = ("pandas", "pandera")


def read(content: bytes) -> tuple[list[Item], Errors]:
    """Items and errors."""
    import pandas as pd

    return from_frame(pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False))


def from_frame(frame: Any) -> tuple[list[Item], Errors]:
    """Items and errors of a frame of texts."""
    import pandas as pd
    import pandera.pandas as pa

    frame = frame.apply(lambda texts: texts.str.strip())
    errors: Errors = []
    try:
        _schema().validate(frame, lazy=True)
    except pa.errors.SchemaErrors as failed:
        cases = failed.failure_cases
        errors = [(int(row) + 2, column) for row, column in zip(cases["index"], cases["column"], strict=True)]
    bad = {row - 2 for row, _ in errors}
    good = frame.drop(index=list(bad))
    # `map` would turn None into NaN.
    values = pd.DataFrame(
        {name: pd.Series([_value(name, text) for text in good[name]], dtype="object") for name in COLUMNS}
    )
    return [rules.item(row) for row in values.to_dict("records")], errors


@functools.cache
def _schema() -> Any:
    import pandera.pandas as pa

    def column(name: str) -> Any:
        check = pa.Check(functools.partial(rules.is_right, name), element_wise=True, name=name)
        return pa.Column(str, check, required=name in REQUIRED)

    return pa.DataFrameSchema({name: column(name) for name in COLUMNS})


def _value(column: str, text: str) -> Any:
    return rules.value_of(column, text) if text else None
