"""Numbers as people write them: the decimal mark is read off the whole column, never guessed cell by cell."""

import re
from typing import Any

import pandas as pd

from lib.fields.base import Reading, Rule, Surroundings
from lib.fields.column import Trouble, read_each, same_by, shown_by, trimmed
from lib.model.collection import Field
from lib.model.mapping import ReadingChoices
from lib.model.problem import Severity

UNITS = re.compile(r"[€$£¥₹₽₺₩₪%]|\b(EUR|USD|GBP|CHF|JPY|SEK|NOK|DKK|PLN|CZK|kr|zł)\b\.?", re.IGNORECASE)
SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f\u2009'’](?=\d{3})")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
GROUPED = re.compile(r"[+-]?\d{1,3}([.,])\d{3}(\1\d{3})*")
OPEN = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")  # 1,234: thousands or thousandths?
PLAIN = r"-?(?:0|[1-9]\d*)(?:\.\d{1,2})?"  # the usual case, which needs no thought
EXPECTED = "a number such as 12.50"


class Number:
    """A JSON number; whole ones without a decimal point."""

    def read(self, texts: pd.Series, field: Field, choices: ReadingChoices, around: Surroundings) -> Reading:
        if texts.str.fullmatch(PLAIN).all() and choices.decimal != ",":
            return Reading(values=pd.Series([_value(text) for text in texts], index=texts.index, dtype="object"))
        decimal = choices.decimal or decimal_mark([_bare(trimmed(text)) for text in texts.drop_duplicates()])
        return read_each(texts, lambda text: _number(text, decimal))

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

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        return same_by(before, after, lambda value: value)

    def show(self, values: pd.Series, field: Field, around: Surroundings) -> pd.Series:
        return shown_by(values, _shown)


def decimal_mark(texts: list[str]) -> str:
    """ "." or "," as the column shows it, "?" when its texts contradict each other, "" when none says."""
    marks = {mark for mark in map(_mark, texts) if mark}
    return "?" if len(marks) > 1 else next(iter(marks), "")


def _mark(text: str) -> str:
    """The decimal mark that this one text proves, "" if it proves none."""
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        return "." if text.rindex(".") > text.rindex(",") else ","
    if dots > 1 or commas > 1:
        return "," if dots > 1 else "."
    if (dots or commas) and not OPEN.fullmatch(text):
        return "." if dots else ","
    return ""


def _bare(text: str) -> str:
    """`text` without currency, percent and spaces between digits."""
    return SPACES.sub("", UNITS.sub("", text).strip()).replace("−", "-")


def _number(text: str, decimal: str) -> Any:
    bare = _bare(text)
    if OPEN.fullmatch(bare) and decimal in ("", "?"):
        return _undecided(bare, decimal)
    mark = _mark(bare) or "." if decimal in ("", "?") else decimal
    thousands = "," if mark == "." else "."
    if thousands in bare:
        whole = bare.partition(mark)[0]
        if not GROUPED.fullmatch(whole):
            return _trouble()
    plain = bare.replace(thousands, "").replace(mark, ".")
    if not NUMBER.fullmatch(plain):
        return _trouble()
    value = _value(plain)
    if value is None:
        return _trouble()
    return value if bare == SPACES.sub("", text) else _without_unit(text, value)


def _value(plain: str) -> Any:
    if not plain:
        return None
    if plain.lstrip("+-").isdecimal():
        return int(plain)
    value = float(plain)
    if value in (float("inf"), float("-inf")):
        return None
    return int(value) if value.is_integer() else value


def _trouble() -> Trouble:
    return Trouble(kind="Not a number", expected=EXPECTED, fix="Write digits with at most one decimal mark.")


def _undecided(bare: str, decimal: str) -> Trouble:
    """A point that nothing speaks against is a decimal point, as machines write it; a comma is asked about."""
    if "." in bare and decimal == "":
        value = _value(bare)
        fix = f"It was read as {_shown(value)}. If the point separates thousands, choose the decimal comma instead."
        return Trouble(
            kind="Point: decimal or thousands?", expected=EXPECTED, fix=fix, severity=Severity.WARNING, value=value
        )
    return Trouble(
        kind="Comma: decimal or thousands?",
        expected="a number that can be read in one way only",
        fix="Choose this column's decimal mark on the Match page, or write the number without a thousands separator.",
    )


def _without_unit(text: str, value: Any) -> Trouble:
    return Trouble(
        kind="Sign removed",
        expected="a number without currency or percent sign",
        fix=f"It was read as {_shown(value)}.",
        severity=Severity.FIXED,
        value=value,
    )


def _shown(value: Any) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _rule(kind: str, expected: str, holds: Any) -> Rule:
    return Rule(
        kind=kind, expected=expected, fix="Change the number, or the limits of the field in Webflow.", holds=holds
    )
