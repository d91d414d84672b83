"""The gate: rules are asked of whole columns, and nothing passes that was neither read nor refused."""

import numpy as np
import pandas as pd
import pytest

from lib.fields import Reading
from lib.model.collection import Collection, FieldType
from lib.model.mapping import ColumnMapping, Match
from lib.model.problem import Problem, Severity
from lib.stages.schema import broken_rules, refuse_lost
from tests.builders import a_field

TEXTS = pd.Series(["1", "", "secret"], index=[2, 3, 4], name="Price", dtype="str")
NOBODY = np.array([False, False, False])


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
    refuse_lost(reading(), TEXTS, np.array([False, False, True]))


POSITIVE = a_field("price", FieldType.NUMBER, validations={"minValue": 1})
GOODS = Collection(id="goods", display_name="Goods", singular_name="Good", slug="goods", fields=(POSITIVE,))
PRICES = ColumnMapping(matches=(Match(column="Price", field_slug="price"),))


def prices(*values: object) -> pd.DataFrame:
    return pd.DataFrame({"price": pd.Series(values, index=range(2, 2 + len(values)), dtype="object")})


def test_every_cell_that_breaks_a_rule_is_named_and_the_rest_passes() -> None:
    ((slug, rule, rows),) = broken_rules(prices(0, None, 5, -3), GOODS, PRICES)
    assert (slug, rule.kind, rows) == ("price", "Number too small", (2, 5))


def test_a_rule_that_fails_to_run_is_a_fault_of_ours_and_tells_no_value() -> None:
    with pytest.raises(RuntimeError, match="“Number too small” failed to run") as error:
        broken_rules(prices("secret"), GOODS, PRICES)
    assert "secret" not in str(error.value)


def test_a_sheet_whose_rows_are_not_told_apart_does_not_pass() -> None:
    with pytest.raises(RuntimeError, match="do not pass the schema"):
        broken_rules(prices(1, 2).set_axis([2, 2]), GOODS, PRICES)
