"""Numbers in the forms of trades and countries; what is not read is refused with a sentence about its form."""

from typing import Any

import pandas as pd
import pytest

from lib.fields import kind_of
from lib.model.collection import FieldType
from lib.model.problem import Severity
from tests.fields.test_reading import kinds, read


@pytest.mark.parametrize(
    ("text", "value", "told"),
    [
        ("(12.50)", -12.5, "Negative number"),
        ("(€1,234.50)", -1234.5, "Negative number"),
        ("$(1,234.50)", -1234.5, "Negative number"),
        ("( 7 )", -7, "Negative number"),
        ("12-", -12, "Negative number"),
        ("1.234,50 −", -1234.5, "Negative number"),
        ("12,- €", 12, "Sign removed"),
        ("CHF 45.–", 45, "Sign removed"),
        ("5EUR", 5, "Sign removed"),
        ("R$ 1.299,90", 1299.9, "Sign removed"),
        ("-€5.50", -5.5, "Sign removed"),
        ("– 5", -5, ""),
        ("1'299.00", 1299, ""),
        ("1’299", 1299, ""),
        ("12,34,567.89", 1234567.89, ""),
        ("1,00,000", 100000, ""),
        ("1,2345,6789", 123456789, ""),
        ("1 234 567,5", 1234567.5, ""),
        ("1\u00a0234", 1234, ""),
        ("1\u2009234.5", 1234.5, ""),
        ("1\u200b2", 12, "Invisible characters"),
        ("\ufeff12.5\u200e", 12.5, "Invisible characters"),
    ],
)
def test_forms_of_trades_and_countries_are_read(text: str, value: float, told: str) -> None:
    reading = read(FieldType.NUMBER, text)
    assert (reading.values[2], kinds(reading)) == (value, [])
    assert kinds(reading, Severity.FIXED) == ([told] if told else [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("26 pcs", "“26 pcs” has text after the number (“pcs”). Write 26."),
        ("ca. 1.234,5", "“ca. 1.234,5” has text before the number (“ca.”). Write 1.234,5."),
        ("12 m²", "has text after the number (“m²”)"),
        ("12.05.2026", "looks like a date"),
        ("2026-05-12", "looks like a date"),
        ("12 May", "looks like a date"),
        ("Oct 12", "looks like a date"),
        ("12:30", "looks like a time"),
        ("12.50 CR", "a credit or a debit"),
        ("(12 pcs)", "Brackets around a number"),
        ("(-12)", "Brackets around a number"),
        ("10-12", "has two numbers"),
        ("10 – 12", "has two numbers"),
        ("1/2", "is a fraction"),
        ("1½", "is a fraction"),
        ("1.2k", "Write all its digits"),
        ("3 Mio", "Write all its digits"),
        ("1234 567", "Write digits"),
        ("12 3456", "Write digits"),
        ("9" * 400, "a number this large"),
        ("1e400", "a number this large"),
        ("9" * 5000, "a number this large"),
    ],
    ids=lambda text: text[:20],
)
def test_what_is_no_number_is_refused_in_words_about_its_form(text: str, said: str) -> None:
    reading = read(FieldType.NUMBER, text)
    (problem,) = reading.problems
    assert (problem.kind, problem.severity) == ("Not a number", Severity.ERROR)
    assert said in problem.fix[0]
    assert reading.values[2] is None


@pytest.mark.parametrize(
    ("texts", "rules", "kind", "severity"),
    [
        (["1.000"], {"format": "integer"}, "Point: decimal or thousands?", Severity.ERROR),
        (["2.500", "12"], {"format": "integer"}, "Point: decimal or thousands?", Severity.ERROR),
        (["1,000"], {"format": "integer"}, "Comma: decimal or thousands?", Severity.ERROR),
        (["1.000"], {}, "Point: decimal or thousands?", Severity.WARNING),
        (["1.234", "5,50", "5.50"], {}, "Point: decimal or thousands?", Severity.ERROR),
        (["1,234", "5,50", "5.50"], {}, "Comma: decimal or thousands?", Severity.ERROR),
    ],
)
def test_a_mark_that_may_part_thousands_is_asked_about_by_its_name(
    texts: list[str], rules: dict[str, Any], kind: str, severity: Severity
) -> None:
    (problem,) = read(FieldType.NUMBER, *texts, **rules).problems
    assert (problem.kind, problem.severity, problem.rows) == (kind, severity, (2,))


@pytest.mark.parametrize("text", ["12345678901234567890", "0.12345678901234567890", "-98765432109876543", "1e-999"])
def test_digits_that_a_number_cannot_keep_are_told(text: str) -> None:
    reading = read(FieldType.NUMBER, text)
    assert kinds(reading, Severity.WARNING) == ["More digits than a number keeps"]
    assert reading.values[2] == float(text)


SHORT = [("5,58199E+12", 5581990000000), ("1E+05", 100000), ("2.5e-3", 0.0025)]


@pytest.mark.parametrize(("text", "value"), SHORT)
def test_a_number_in_short_form_is_told(text: str, value: float) -> None:
    reading = read(FieldType.NUMBER, text)
    assert (reading.values[2], kinds(reading, Severity.WARNING)) == (value, ["Number in short form"])


def test_numbers_are_the_same_when_webflow_rounds_them_alike() -> None:
    live = pd.Series([12345678901234567000, 0.1, 5], dtype="object")
    read_again = pd.Series([int(float("12345678901234567890")), 0.1, 5.0], dtype="object")
    assert list(kind_of(FieldType.NUMBER).same(live, read_again)) == [True, True, True]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("１２．５０", 12.5),
        ("١٢٫٥", 12.5),
        ("١٢٬٣٤٥", 12345),
        ("१२.५", 12.5),
        ("￥１２０", 120),
        ("1.299,–", 1299),
        ("1 200:-", 1200),
    ],
)
def test_digits_of_other_scripts_and_prices_without_cents_are_read(text: str, value: float) -> None:
    assert read(FieldType.NUMBER, text).values[2] == value


@pytest.mark.parametrize("text", ["١,٢٣٤", "１,234", "€ 1.299", "1.299 EUR", "1.299.-"])
def test_what_may_be_thousands_is_never_guessed(text: str) -> None:
    assert read(FieldType.NUMBER, text).values[2] is None


def test_a_price_without_cents_shows_the_decimal_mark_of_its_column() -> None:
    assert list(read(FieldType.NUMBER, "12,-", "1.299").values) == [12, 1299]


@pytest.mark.parametrize("text", ["free", "n/a", "-", "NaN", "true"])
def test_a_text_without_digits_is_refused_in_words_about_that(text: str) -> None:
    reading = read(FieldType.NUMBER, text)
    assert kinds(reading) == ["Not a number"] and "no digits" in reading.problems[0].fix[0]


def test_an_exponent_without_end_is_no_number() -> None:
    assert kinds(read(FieldType.NUMBER, "0E1000000000000000000")) == ["Not a number"]
