"""One column against the live texts that it would replace: what is damaged becomes part of its reading."""

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from urllib.parse import unquote

import numpy as np
import pandas as pd

from lib.fields import FieldKind, Reading, kind_of
from lib.fields.base import TextKind
from lib.fields.characters import seen, trimmed
from lib.fields.column import Mask
from lib.model.collection import Field
from lib.model.mapping import ReadingChoices
from lib.model.problem import Problem, Severity
from lib.stages.damage import codes, cuts, dates, letters, numbers, shape
from lib.stages.damage.base import Damage
from lib.stages.damage.marks import Mark, mark_of
from lib.stages.damage.screen import worth_a_look
from lib.words.say import later, say

SHOWN = 60  # characters of a live text in a sentence
_ANYWHERE = (*letters.DAMAGES, *cuts.DAMAGES[:1], *codes.DAMAGES, *cuts.DAMAGES[1:])
PLAIN = (*numbers.DAMAGES, *dates.DAMAGES, *_ANYWHERE, *shape.PLAIN_DAMAGES)
RICH = (*_ANYWHERE, *shape.RICH_DAMAGES)
ERRORS = frozenset(damage.kind for damage in (*PLAIN, *RICH) if damage.severity is Severity.ERROR)
A_DATE = later("A date where the field holds text")


def witnessed(
    reading: Reading, texts: pd.Series, shown: pd.Series, wanted: Mask, field: Field, choices: ReadingChoices
) -> Reading:
    """The reading with a problem for every damaged cell; `shown` are the items' values as text.

    Only the `wanted` cells are looked at: those that were read, and mean something else than the item holds. Every pair
    of texts is looked at once.
    """
    kind = kind_of(field.type)
    if kind.text is None or not wanted.any():
        return reading
    asked = np.flatnonzero(wanted & (texts != shown).to_numpy(dtype=bool))
    asked = asked[worth_a_look(texts.iloc[asked], shown.iloc[asked], kind.text)]
    rows = texts.index[asked]
    pairs = list(zip(texts[rows], shown[rows], strict=True))
    keeps_dates = functools.cache(lambda: any(map(dates.looks_like_date, shown.drop_duplicates())))
    mark = functools.cache(lambda found: mark_of(trimmed(found)))
    known = {pair: _noticed(*pair, kind, mark, keeps_dates) for pair in dict.fromkeys(pairs)}
    problems = _problems(str(texts.name), zip(rows, pairs, strict=True), known, choices)
    return replace(reading, problems=(*reading.problems, *problems))


def damage_of(found: str, live: str, *, rich: bool = False) -> Damage | None:
    """The first known damage that makes `found` of `live`; None where they look the same, or none is known."""
    if seen(found) == seen(live):
        return None
    pair = trimmed(found), trimmed(live)
    looks = [pair, (shape.words(found), shape.words(live))] if rich and all(pair) else [pair]
    looks = [look for look in looks if all(look) and look[0] != look[1]]
    return next((damage for damage in (RICH if rich else PLAIN) if any(damage.is_it(*look) for look in looks)), None)


def _noticed(
    found: str, live: str, kind: FieldKind, mark_in: Callable[[str], Mark | None], keeps_dates: Callable[[], bool]
) -> Problem | None:
    if kind.text is TextKind.LINK and unquote(found) == unquote(live):
        return None  # signs of an address may be written as codes
    damage = damage_of(found, live, rich=kind.text is TextKind.HTML)
    if damage:
        held = say("The item holds “{text}”.", text=_short(live))
        fix = f"{held} {say(damage.advice)}"
        return Problem(kind=damage.kind, expected=say(damage.expected), fix=fix, severity=damage.severity)
    mark = mark_in(found)
    if mark:
        return Problem(kind=mark.kind, expected=say(mark.expected), fix=say(mark.fix), severity=mark.severity)
    if kind.text is TextKind.PLAIN and dates.looks_like_date(trimmed(found)) and not keeps_dates():
        advice = say("If a program made a date of it, format the column as text and type the value again.")
        return Problem(kind=A_DATE, expected=say("text"), fix=advice, severity=Severity.WARNING)
    return None


def _short(text: str) -> str:
    if len(text) <= SHOWN:
        return text
    sentence = later("{start}…” ({characters:,} characters) “…{end}")
    return say(sentence, start=text[:SHOWN], characters=len(text), end=text[-20:])


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
