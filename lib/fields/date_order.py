"""What a whole column shows of its dates: whether day or month comes first, and whether they were swapped."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from lib.fields.date_texts import YEAR_FIRST, YEAR_LAST, NotUnderstood, take_apart
from lib.model.problem import Problem, Severity
from lib.words.say import later, say

_NUMBERS = r"\d[-/.]\d\d?[-/.]\d"
_TWO_PARTS = rf"(?<!\d){YEAR_LAST.pattern}(?!\d)"
_YEAR_FIRST = rf"^\s*{YEAR_FIRST.pattern}(?!\d)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How many cells of a column can only have the day first, and how many only the month."""

    day_first: int
    month_first: int

    @property
    def order(self) -> bool | None:
        """True for the day first, False for the month; None when no date says, or when they contradict each other."""
        return bool(self.day_first) if bool(self.day_first) != bool(self.month_first) else None

    @property
    def is_mixed(self) -> bool:
        """Whether the column has dates of both orders."""
        return bool(self.day_first and self.month_first)


def evidence(texts: pd.Series) -> Evidence:
    """What the dates with strokes or hyphens say; with points, the day comes first wherever people write so."""
    counts = texts.value_counts()
    distinct = pd.Series(counts.index, dtype="str")
    parts = _extract(distinct, _TWO_PARTS)
    if parts.empty:
        return Evidence(day_first=0, month_first=0)
    parts = parts[parts["mark"] != "."]
    first, second = parts["first"].astype(int), parts["second"].astype(int)
    day_first, month_first = (first > 12) & (second <= 12), (second > 12) & (first <= 12)
    open_ones = parts.index[(first <= 12) & (second <= 12) & (first != second)]
    for place in open_ones[distinct[open_ones].str.contains(r"[^\W\d_]")]:
        order = order_by_weekday(distinct[place])
        day_first[place], month_first[place] = order is True, order is False
    cells = pd.Series(list(counts))
    return Evidence(
        day_first=int(cells[day_first.index[day_first]].sum()),
        month_first=int(cells[month_first.index[month_first]].sum()),
    )


def order_by_weekday(text: str) -> bool | None:
    """Whether the weekday in `text` fits only with the day first (True) or only with the month first (False)."""
    try:
        parts = take_apart(text)
    except (NotUnderstood, ValueError):
        return None
    found = YEAR_LAST.fullmatch(parts.digits)
    if found is None or parts.weekday is None:
        return None
    first, second, year = int(found["first"]), int(found["second"]), full_year(found["year"])
    as_day, as_month = (is_on(parts.weekday, year, *two) for two in ((second, first), (first, second)))
    return as_day if as_day != as_month else None


def full_year(digits: str) -> int:
    """The year that two or four digits mean."""
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def is_on(weekday: int, year: int, month: int, day: int) -> bool:
    """Whether that day exists and is that weekday (Monday is 0)."""
    try:
        return date(year, month, day).weekday() == weekday
    except ValueError:
        return False


def mixed_orders(texts: pd.Series, found: Evidence) -> Problem:
    """The word about a column that has dates of both orders."""
    return Problem(
        kind=later("Days and months in both orders"),
        expected=say("one order of day and month in the whole column"),
        fix=say(
            "Dates with the day first: {day_first:,}; with the month first: {month_first:,}. They were read so, but a "
            "date such as 03/04/2025 can be read both ways here. Write all of them like 2026-03-31.",
            day_first=found.day_first,
            month_first=found.month_first,
        ),
        severity=Severity.WARNING,
        column=str(texts.name),
    )


def swapped_dates(texts: pd.Series, is_usual: pd.Series, rest: pd.Series) -> tuple[Problem, ...]:
    """The doubt about dates of a file that was opened with another country's settings.

    A program that expects the month first makes dates of 03/04/2024 and leaves 13/04/2024 a text. Such a column has
    texts that fit only one order, dates whose days are all 12 or less, and nothing else. `is_usual` are the dates as
    machines write them, `rest` the texts that may not have the year first.
    """
    others = _extract(rest, _TWO_PARTS)
    if others.empty or (texts[is_usual].str.slice(8, 10) > "12").any():
        return ()
    years = _extract(texts, _YEAR_FIRST)
    others = others[~others.index.isin(years.index)]
    days = years["day"].astype(int)
    in_doubt = years[days != years["month"].astype(int)]
    is_open = (others["first"].astype(int) <= 12) & (others["second"].astype(int) <= 12)
    if in_doubt.empty or others.empty or (days > 12).any() or is_open.any():
        return ()
    example = texts[others.index[0]].strip()
    days_in_doubt = list(zip(in_doubt["year"], in_doubt["month"], in_doubt["day"], strict=True))
    advice = {one: _in_doubt(example, *one) for one in set(days_in_doubt)}
    return (
        Problem(
            kind=later("Day and month swapped?"),
            expected=say("dates as they were meant"),
            fix=[advice[day] for day in days_in_doubt],
            severity=Severity.WARNING,
            column=str(texts.name),
            rows=tuple(in_doubt.index),
            values=tuple(texts[in_doubt.index]),
        ),
    )


def _in_doubt(example: str, year: str, month: str, day: str) -> str:
    return say(
        "“{example}” in this column stayed a text when a spreadsheet program made dates of the others. It may have "
        "taken the day for the month: is this {read}, or {swapped}?",
        example=example,
        read=f"{year}-{month}-{day}",
        swapped=f"{year}-{day}-{month}",
    )


def _extract(texts: pd.Series, pattern: str) -> pd.DataFrame:
    """The named groups of `pattern`, for the texts that hold it; most need only a quick look."""
    return texts[texts.str.contains(_NUMBERS)].str.extract(pattern).dropna(how="all")
