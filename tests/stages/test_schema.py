"""The gate: rules are asked of whole columns, and nothing passes that was neither read nor refused."""

import pandas as pd
import pytest

from lib.fields import Reading
from lib.model.problem import Problem, Severity
from lib.stages.schema import refuse_lost

TEXTS = pd.Series(["1", "", "secret"], index=[2, 3, 4], name="Price", dtype="str")
NOBODY = pd.Series(False, index=TEXTS.index)


def reading(*rows: int, severity: Severity = Severity.ERROR) -> Reading:
    values = pd.Series([1, None, None], index=TEXTS.index, dtype="object")
    problem = Problem(kind="Not a number", expected="a number", fix="Write one.", severity=severity, rows=rows)
    return Reading(values=values, problems=(problem,) if rows else ())


@pytest.mark.parametrize("told", [reading(), reading(2), reading(4, severity=Severity.WARNING)])
def test_a_cell_with_text_that_has_neither_a_value_nor_an_error_never_passes(told: Reading) -> None:
    with pytest.raises(RuntimeError, match="1 cells were neither read nor refused") as error:
        refuse_lost(told, TEXTS, NOBODY)
    assert "secret" not in str(error.value)


def test_blank_cells_errors_and_cells_that_are_left_alone_need_no_value() -> None:
    refuse_lost(reading(4), TEXTS, NOBODY)
    refuse_lost(reading(), TEXTS, pd.Series([False, False, True], index=TEXTS.index))
