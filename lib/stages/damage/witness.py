"""One column against the live texts that it would replace: what is damaged becomes part of its reading."""

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from urllib.parse import unquote

import pandas as pd

from lib.fields import FieldKind, Reading, kind_of
from lib.fields.base import TextKind
from lib.fields.characters import seen, trimmed
from lib.model.collection import Field
from lib.model.mapping import ReadingChoices
from lib.model.problem import Problem, Severity
from lib.stages.damage import codes, cuts, dates, letters, numbers, shape
from lib.stages.damage.base import Damage
from lib.stages.damage.marks import mark_of

SHOWN = 60  # characters of a live text in a sentence
_ANYWHERE = (*letters.DAMAGES, *cuts.DAMAGES[:1], *codes.DAMAGES, *cuts.DAMAGES[1:])
PLAIN = (*numbers.DAMAGES, *dates.DAMAGES, *_ANYWHERE, *shape.PLAIN_DAMAGES)
RICH = (*_ANYWHERE, *shape.RICH_DAMAGES)
ERRORS = frozenset(damage.kind for damage in (*PLAIN, *RICH) if damage.severity is Severity.ERROR)
A_DATE = "A date where the field holds text"


def witnessed(reading: Reading, texts: pd.Series, live: pd.DataFrame, field: Field, choices: ReadingChoices) -> Reading:
    """The reading with a problem for every damaged cell; `live` has the items' values as `value`, as text as `shown`.

    Cells that were not read, and those that mean what the item holds, are never noticed. Every pair of texts is looked
    at once.
    """
    kind = kind_of(field.type)
    if kind.text is None:
        return reading
    rows = reading.values.index[reading.values.notna() & (texts != live["shown"])]
    pairs = list(zip(texts[rows], live["shown"][rows], strict=True))
    keeps_dates = functools.cache(lambda: any(map(dates.looks_like_date, live["shown"].drop_duplicates())))
    known = {pair: _noticed(*pair, kind, keeps_dates) for pair in dict.fromkeys(pairs)}
    noticed = rows[[known[pair] is not None for pair in pairs]]
    differs = ~kind.same(live["value"][noticed], reading.values[noticed])
    damaged = frozenset(differs.index[differs])
    cells = ((row, pair) for row, pair in zip(rows, pairs, strict=True) if row in damaged)
    problems = _problems(str(texts.name), cells, known, choices)
    return replace(reading, problems=(*reading.problems, *problems))


def damage_of(found: str, live: str, *, rich: bool = False) -> Damage | None:
    """The first known damage that makes `found` of `live`; None where they look the same, or none is known."""
    if seen(found) == seen(live):
        return None
    pair = trimmed(found), trimmed(live)
    read = (shape.words(pair[0]), shape.words(pair[1])) if rich and all(pair) else pair
    damages = RICH if rich else PLAIN
    return next((damage for damage in damages if _is_it(damage, pair) or _is_it(damage, read)), None)


def _is_it(damage: Damage, pair: tuple[str, str]) -> bool:
    return all(pair) and pair[0] != pair[1] and damage.is_it(*pair)


def _noticed(found: str, live: str, kind: FieldKind, keeps_dates: Callable[[], bool]) -> Problem | None:
    if kind.text is TextKind.LINK and unquote(found) == unquote(live):
        return None  # signs of an address may be written as codes
    damage = damage_of(found, live, rich=kind.text is TextKind.HTML)
    if damage:
        fix = f"The item holds “{_short(live)}”. {damage.advice}"
        return Problem(kind=damage.kind, expected=damage.expected, fix=fix, severity=damage.severity)
    mark = mark_of(trimmed(found))
    if mark:
        return Problem(kind=mark.kind, expected=mark.expected, fix=mark.fix, severity=mark.severity)
    if kind.text is TextKind.PLAIN and dates.looks_like_date(trimmed(found)) and not keeps_dates():
        advice = "If a program made a date of it, format the column as text and type the value again."
        return Problem(kind=A_DATE, expected="text", fix=advice, severity=Severity.WARNING)
    return None


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…” ({len(text):,} characters) “…{text[-20:]}"


def _problems(
    column: str,
    cells: Iterable[tuple[int, tuple[str, str]]],
    known: dict[tuple[str, str], Problem | None],
    choices: ReadingChoices,
) -> Iterator[Problem]:
    gathered: dict[tuple[str, str, Severity], list[tuple[int, str, str]]] = {}
    for row, pair in cells:
        noticed = known[pair]
        if noticed:
            severity = Severity.WARNING if noticed.kind in choices.accepts else noticed.severity
            place = (noticed.kind, noticed.expected, severity)
            gathered.setdefault(place, []).append((row, pair[0], str(noticed.fix)))
    for (kind, expected, severity), found in gathered.items():
        rows, values, fixes = zip(*found, strict=True)
        yield Problem(
            kind=kind, expected=expected, fix=fixes, severity=severity, column=column, rows=rows, values=values
        )
