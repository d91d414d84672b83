"""Numbers as people write them: the decimal mark is read off the whole column, never guessed cell by cell."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pandas as pd

from lib.fields.base import Cell, FieldKind, ReadContext, Rule
from lib.fields.characters import seen
from lib.fields.column import Way, noted
from lib.fields.mend import Mend, each_text
from lib.fields.numerals import (
    OPEN,
    Written,
    advice,
    decimal_mark,
    loses_digits,
    number_alone,
    proven_mark,
    value_of,
    with_point,
)
from lib.fields.numerals import written as as_written
from lib.fields.usual import Values, none
from lib.model.collection import Field, FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Cause, Problem, Severity

# The usual cases, which need no thought: the first proves nothing about the decimal mark, the second a point.
WHOLE = r"-?(?:0|[1-9]\d{0,11})"
WITH_POINT = r"-?(?:0|[1-9]\d{0,11})\.\d{1,2}|-?[1-9]\d{0,2}(?:,\d{3}){1,2}\.\d{1,2}"
GROUPED_BY_COMMA = r"-?[1-9]\d{0,2}(?:,\d{3}){1,3}(?:\.\d{1,2})?"
WITH_COMMA = r"-?(?:0|[1-9]\d{0,11}),\d{1,2}|-?[1-9]\d{0,2}(?:\.\d{3}){1,3}(?:,\d{1,2})?"
WITH_PLACES = re.compile(r"-?\d{1,15}\.\d{1,17}")
EXPECTED = "a number such as 12.50"
SMALLEST_IN_CELLS, LARGEST_IN_CELLS = 1e-300, 1e15


class Number(FieldKind):
    """A JSON number; whole ones without a decimal point."""

    type = FieldType.NUMBER
    title = "Number"
    choice = "decimal"

    def way(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Way:
        decimal = choices.decimal or _decimal_mark(texts)
        is_whole = field.validations.get("format") == "integer"
        return Way(
            parse=lambda text: _number(text, decimal, is_whole), usual=lambda texts: usual_numbers(texts, decimal)
        )

    def rules(self, field: Field) -> tuple[Rule, ...]:
        """`precision` is not to be trusted (seen in recorded answers), so it is no rule."""
        low, high = field.validations.get("minValue"), field.validations.get("maxValue")
        rules = []
        if field.validations.get("format") == "integer":
            rules.append(
                _rule("Not a whole number", "a whole number", lambda values: values.map(lambda v: v == int(v)))
            )
        if field.validations.get("allowNegative") is False:
            rules.append(_rule("Negative number", "zero or more", lambda values: values.map(lambda v: v >= 0)))
        if isinstance(low, int | float) and not isinstance(low, bool):
            rules.append(_rule("Number too small", f"{low:g} or more", lambda values: values.map(lambda v: v >= low)))
        if isinstance(high, int | float) and not isinstance(high, bool):
            rules.append(_rule("Number too large", f"{high:g} or less", lambda values: values.map(lambda v: v <= high)))
        return tuple(rules)

    def mends(self, field: Field, choices: ReadingChoices, context: ReadContext) -> Sequence[Mend]:
        return (
            each_text("Take the number alone", lambda text: number_alone(text) or text),
            Mend("Round to whole numbers", lambda texts: _rounded(self.as_read(texts, field, choices, context))),
        )

    def meaning(self, value: Any) -> object:
        return float(value)

    def text_of(self, value: Any) -> str:
        return _shown(value)

    def typed(self, value: Any, field: Field, context: ReadContext) -> Cell | None:
        return value if isinstance(value, int | float) and keeps_digits(value) else None


def keeps_digits(value: float) -> bool:
    """Whether a spreadsheet, which keeps 15 digits and no number next to nothing, keeps this one as it is."""
    is_within = value == 0 or SMALLEST_IN_CELLS < abs(value) < LARGEST_IN_CELLS
    return not isinstance(value, bool) and is_within and float(f"{value:.15g}") == value


def _rounded(texts: pd.Series) -> pd.Series:
    """To the nearest one, halves away from zero, as people do."""
    return texts.map(lambda text: _whole(text) if WITH_PLACES.fullmatch(text) else text).astype("str")


def _whole(text: str) -> str:
    return str(int(Decimal(text).quantize(Decimal(1), ROUND_HALF_UP)))


def usual_numbers(texts: pd.Series, decimal: str) -> Values:
    """The values of numbers in their usual form, where `decimal` is the column's mark ("", "?": none, or both)."""
    if decimal == ",":
        known = texts.str.fullmatch(f"{WHOLE}|{WITH_COMMA}")
        plain = texts[known].str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    else:
        grouped = f"|{GROUPED_BY_COMMA}" if decimal == "." else ""
        known = texts.str.fullmatch(f"{WHOLE}|{WITH_POINT}{grouped}")
        plain = texts[known].str.replace(",", "", regex=False)
    numbers = plain.astype("float64").to_numpy()
    values = none(texts)
    is_whole = numbers == np.floor(numbers)
    found = numbers.astype(object)
    found[is_whole] = numbers[is_whole].astype("int64").astype(object)
    values[known.to_numpy(dtype=bool)] = found
    return values


def _decimal_mark(texts: pd.Series) -> str:
    """The decimal mark of a column, looking at every text that may prove one, see `decimal_mark`."""
    rest = texts[~texts.str.fullmatch(f"{WHOLE}|{WITH_POINT}")].drop_duplicates()
    has_points = texts.str.fullmatch(WITH_POINT).any()
    return decimal_mark([as_written(seen(text)).digits for text in rest] + ["0.5"] * int(has_points))


def _number(text: str, decimal: str, is_whole: bool) -> Any:
    number = as_written(text)
    if OPEN.fullmatch(number.digits) and decimal in ("", "?"):
        is_price = number.with_unit and "%" not in text
        return _undecided(number.digits, decimal, is_whole or is_price)
    mark = proven_mark(number.digits) or "." if decimal in ("", "?") else decimal
    plain = with_point(number.digits, mark)
    if plain is None:
        return Problem(kind="Not a number", expected=EXPECTED, fix=advice(text, number))
    value = value_of(plain)
    if value is None:
        return Problem(
            kind="Not a number", expected=EXPECTED, fix="No field can hold a number this large. Write fewer digits."
        )
    return _told(text, number, plain, value)


def _undecided(digits: str, decimal: str, is_whole: bool) -> object:
    """A point that nothing speaks against is a decimal point, as machines write it, but in whole numbers and prices;
    a comma is asked about."""
    mark = "Point" if "." in digits else "Comma"
    if mark == "Point" and decimal == "" and not is_whole:
        value = value_of(digits)
        fix = f"It was read as {_shown(value)}. If the point separates thousands, choose the decimal comma instead."
        return noted(value, "Point: decimal or thousands?", EXPECTED, fix)
    return Problem(
        kind=f"{mark}: decimal or thousands?",
        cause=Cause.AMBIGUOUS,
        expected="a number that can be read in one way only",
        fix="Choose this column's decimal mark on the Match page, or write the number without a thousands separator.",
    )


def _told(text: str, number: Written, plain: str, value: float) -> Any:
    """The value, with a word where more than digits was understood or something got lost."""
    if loses_digits(plain, value):
        fix = f"It was read as {_shown(float(value))}. A plain text field keeps all the digits of a code."
        return noted(value, "More digits than a number keeps", "at most 15 digits", fix)
    if "e" in plain.lower():
        fix = f"It was read as {_shown(value)}. Spreadsheets shorten long numbers like this: are any digits missing?"
        return noted(value, "Number in short form", "all digits of the number", fix)
    if number.in_brackets or number.sign_behind:
        what = "Brackets mean" if number.in_brackets else "A minus behind means"
        fix = f"{what} a negative number: it was read as {_shown(value)}."
        return noted(value, "Negative number", "a minus in front of the number", fix, Severity.FIXED)
    if "%" in text:
        fix = f"It was read as {_shown(value)}. If this field holds parts of one, write 0.15 where you mean 15%."
        return noted(value, "Percent sign", "a number without percent sign", fix)
    if number.with_unit:
        fix = f"It was read as {_shown(value)}."
        return noted(value, "Sign removed", "a number without currency or percent sign", fix, Severity.FIXED)
    return value


def _shown(value: Any) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _rule(kind: str, expected: str, holds: Any) -> Rule:
    return Rule(
        kind=kind, expected=expected, fix="Change the number, or the limits of the field in Webflow.", holds=holds
    )
