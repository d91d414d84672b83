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
from lib.words.say import later, say

# The usual cases, which need no thought: the first proves nothing about the decimal mark, the second a point.
WHOLE = r"-?(?:0|[1-9]\d{0,11})"
WITH_POINT = r"-?(?:0|[1-9]\d{0,11})\.\d{1,2}|-?[1-9]\d{0,2}(?:,\d{3}){1,2}\.\d{1,2}"
GROUPED_BY_COMMA = r"-?[1-9]\d{0,2}(?:,\d{3}){1,3}(?:\.\d{1,2})?"
WITH_COMMA = r"-?(?:0|[1-9]\d{0,11}),\d{1,2}|-?[1-9]\d{0,2}(?:\.\d{3}){1,3}(?:,\d{1,2})?"
WITH_PLACES = re.compile(r"-?\d{1,15}\.\d{1,17}")
EXPECTED = later("a number such as 12.50")
POINT, COMMA = later("Point: decimal or thousands?"), later("Comma: decimal or thousands?")
NEGATIVE = later("Negative number")
SMALLEST_IN_CELLS, LARGEST_IN_CELLS = 1e-300, 1e15


class Number(FieldKind):
    """A JSON number; whole ones without a decimal point."""

    type = FieldType.NUMBER
    title = later("Number")
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
            expected = say("a whole number")
            rules.append(_rule(later("Not a whole number"), expected, lambda values: values.map(lambda v: v == int(v))))
        if field.validations.get("allowNegative") is False:
            expected = say("zero or more")
            rules.append(_rule(NEGATIVE, expected, lambda values: values.map(lambda v: v >= 0)))
        if isinstance(low, int | float) and not isinstance(low, bool):
            expected = say("{limit:g} or more", limit=low)
            rules.append(_rule(later("Number too small"), expected, lambda values: values.map(lambda v: v >= low)))
        if isinstance(high, int | float) and not isinstance(high, bool):
            expected = say("{limit:g} or less", limit=high)
            rules.append(_rule(later("Number too large"), expected, lambda values: values.map(lambda v: v <= high)))
        return tuple(rules)

    def mends(self, field: Field, choices: ReadingChoices, context: ReadContext) -> Sequence[Mend]:
        return (
            each_text(later("Take the number alone"), lambda text: number_alone(text) or text),
            Mend(later("Round to whole numbers"), lambda texts: _rounded(self.as_read(texts, field, choices, context))),
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
        return _no_number(advice(text, number))
    value = value_of(plain)
    if value is None:
        return _no_number(say("No field can hold a number this large. Write fewer digits."))
    return _told(text, number, plain, value)


def _undecided(digits: str, decimal: str, is_whole: bool) -> object:
    """A point that nothing speaks against is a decimal point, as machines write it, but in whole numbers and prices;
    a comma is asked about."""
    if "." in digits and decimal == "" and not is_whole:
        value = value_of(digits)
        fix = say(
            "It was read as {value}. If the point separates thousands, choose the decimal comma instead.",
            value=_said(value),
        )
        return noted(value, POINT, say(EXPECTED), fix)
    return Problem(
        kind=POINT if "." in digits else COMMA,
        cause=Cause.AMBIGUOUS,
        expected=say("a number that can be read in one way only"),
        fix=say(
            "Choose this column's decimal mark on the Match page, or write the number without a thousands separator."
        ),
    )


def _told(text: str, number: Written, plain: str, value: float) -> Any:
    """The value, with a word where more than digits was understood or something got lost."""
    if loses_digits(plain, value):
        fix = say(
            "It was read as {value}. A plain text field keeps all the digits of a code.", value=_said(float(value))
        )
        return noted(value, later("More digits than a number keeps"), say("at most 15 digits"), fix)
    told = _said(value)
    if "e" in plain.lower():
        fix = say(
            "It was read as {value}. Spreadsheets shorten long numbers like this: are any digits missing?", value=told
        )
        return noted(value, later("Number in short form"), say("all digits of the number"), fix)
    if number.in_brackets:
        fix = say("Brackets mean a negative number: it was read as {value}.", value=told)
        return noted(value, NEGATIVE, say("a minus in front of the number"), fix, Severity.FIXED)
    if number.sign_behind:
        fix = say("A minus behind means a negative number: it was read as {value}.", value=told)
        return noted(value, NEGATIVE, say("a minus in front of the number"), fix, Severity.FIXED)
    if "%" in text:
        fix = say(
            "It was read as {value}. If this field holds parts of one, write 0.15 where you mean 15%.", value=told
        )
        return noted(value, later("Percent sign"), say("a number without percent sign"), fix)
    if number.with_unit:
        expected, fix = say("a number without currency or percent sign"), say("It was read as {value}.", value=told)
        return noted(value, later("Sign removed"), expected, fix, Severity.FIXED)
    return value


def _shown(value: Any) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _said(value: Any) -> str:
    """A number within a sentence, with the decimal mark of the language."""
    whole, _, places = _shown(value).partition(".")
    return say("{whole}.{places}", whole=whole, places=places) if places else whole


def _no_number(fix: str) -> Problem:
    return Problem(kind=later("Not a number"), expected=say(EXPECTED), fix=fix)


def _rule(kind: str, expected: str, holds: Any) -> Rule:
    fix = say("Change the number, or the limits of the field in Webflow.")
    return Rule(kind=kind, expected=expected, fix=fix, holds=holds)
