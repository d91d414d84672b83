"""One cell's value, as the workbook reader gives it → the text a person sees, and what is odd about it."""

import math
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from lib.model.problem import Problem, Severity
from lib.stages.read.grid import CellProblem
from lib.words.say import later

ROUNDED_FROM = 1e15  # Excel keeps 15 digits
NO_NUMBER = "#NUM!"
UNREADABLE = Problem(
    kind=later("Row cannot be read"),
    expected=later("dates, times and numbers that exist"),
    fix=later("A date, time or number in this row is impossible (a year of many digits, for instance). Type it again."),
)
NOT_A_NUMBER = Problem(
    kind=later("Not a number"),
    expected=later("a number that can be written down"),
    fix=later("This cell holds a number that no program can show. Type it again."),
)
ROUNDED = Problem(
    kind=later("Long number"),
    expected=later("at most 15 digits, or the number as text"),
    fix=later("Excel keeps 15 digits and has rounded this number. Format the column as text and enter it again."),
    severity=Severity.WARNING,
)


def text_of(value: Any) -> str:
    """The text of one value."""
    return _TEXTS[type(value)](value)


def number_problems(values: list[Any], row: int) -> list[CellProblem]:
    """The numbers of a row that are none, or that Excel has rounded; `row` counts from 1."""
    return [
        CellProblem(row, column, ROUNDED, _number(value))
        if math.isfinite(value)
        else CellProblem(row, column, NOT_A_NUMBER, str(value))
        for column, value in enumerate(values)
        if type(value) is float and not abs(value) < ROUNDED_FROM
    ]


def unreadable_row(row: int) -> CellProblem:
    """A row with a value that no calendar and no number can hold, so that nothing of it can be had."""
    return CellProblem(row, 0, UNREADABLE, NO_NUMBER)


def _number(value: float) -> str:
    if not math.isfinite(value):
        return NO_NUMBER
    return str(int(value)) if value == int(value) else format(value, ".15g")


def _moment(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ")


def _duration(value: timedelta) -> str:
    """Hours go on beyond a day; seconds only where there are some."""
    total = abs(value) // timedelta(seconds=1)
    sign = "-" if value < timedelta() else ""
    seconds = f":{total % 60:02}" if total % 60 else ""
    return f"{sign}{total // 3600:02}:{total // 60 % 60:02}{seconds}"


def _time(value: time) -> str:
    return value.isoformat("auto" if value.second or value.microsecond else "minutes")


_TEXTS: dict[type, Callable[[Any], str]] = {
    str: str,
    float: _number,
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime: _moment,
    date: date.isoformat,
    time: _time,
    timedelta: _duration,
}
