"""Working on a whole column: read each distinct text once, gather what went wrong, compare two columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from lib.fields.characters import NOTHING, has_unseen, seen, trimmed
from lib.fields.error_texts import is_error_text
from lib.fields.usual import Values, none
from lib.model.problem import Problem, Severity
from lib.words.say import later, say

LONGEST_QUOTE = 80
Mask = np.ndarray[Any, np.dtype[np.bool_]]  # one truth for each cell of a column


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A column read: `values` (dtype object, None = blank or unreadable) and what was noticed on the way.

    Every cell with text has a value or stands in the rows of an error problem: nothing gets lost.
    """

    values: pd.Series
    problems: tuple[Problem, ...] = ()


def together(parts: Sequence[Reading], index: pd.Index) -> Reading:
    """The readings of parts of a column as that of the whole."""
    if len(parts) == 1:
        return parts[0]
    values = [part.values for part in parts]
    problems = tuple(problem for part in parts for problem in part.problems)
    whole = pd.concat(values).reindex(index) if values else pd.Series(index=index, dtype="object")
    return Reading(values=whole, problems=problems)


@dataclass(frozen=True, slots=True)
class Noted:
    """A value that one text was read as, and a word about it, or several."""

    value: Any
    problem: Problem
    others: tuple[Problem, ...] = ()


def noted(value: Any, kind: str, expected: str, fix: str, severity: Severity = Severity.WARNING) -> Noted:
    """The value with this word about it."""
    return Noted(value, Problem(kind=kind, expected=expected, fix=fix, severity=severity))


def with_words(value: Any, problems: Sequence[Problem]) -> Any:
    """The value with these words about it, the most important first; bare without any."""
    return Noted(value, problems[0], tuple(problems[1:])) if problems else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How the texts of one column are read.

    `parse` gives a value, a `Noted` one, or the error. It gets a text as `clean` leaves it: `seen` for all but texts
    that are kept as they are; `trims` says whether that takes blanks off its edges. `usual` gives, in one pass, the
    values of texts that `parse` would take without a word, None for others. `problems` are what only the column as a
    whole shows.
    """

    parse: Callable[[str], Any]
    clean: Callable[[str], str] = seen
    trims: bool = True
    usual: Callable[[pd.Series], Values] = none
    problems: tuple[Problem, ...] = ()


def read_by(way: Way, texts: pd.Series, wanted: Mask | None = None) -> Reading:
    """Read the `wanted` cells (None: all), others as blank ones; blank cells become None.

    A distinct text that is not in its usual form is read once. Invisible characters that `seen` took out are told.
    """
    values = none(texts)
    is_asked = (texts != "").to_numpy(dtype=bool)
    asked = np.flatnonzero(is_asked if wanted is None else is_asked & wanted)
    plain = texts.iloc[asked].str.strip(" ") if way.trims else texts.iloc[asked]
    values[asked] = way.usual(plain)
    is_left = pd.isna(values[asked])
    left = asked[is_left]
    rest = texts.iloc[left]
    codes, distinct = pd.factorize(plain[is_left])
    answers = [answer(way, text) if text.strip(NOTHING) else None for text in distinct]
    values[left] = objects([value_of(one) for one in answers])[codes]
    problems = _problems(rest, codes, [problems_of(one) for one in answers])
    if way.clean is seen:
        problems += _problems(rest, codes, [_unseen(*pair) for pair in zip(distinct, answers, strict=True)])
    return Reading(values=pd.Series(values, index=texts.index, dtype="object"), problems=problems + way.problems)


def answer(way: Way, text: str) -> Any:
    """What one text is read as: its value, a `Noted` one, or the `Problem` with it."""
    cleaned = way.clean(text)
    if is_error_text(trimmed(cleaned)):
        fix = say("The formula in this cell failed. Mend the formula or type the value.")
        return Problem(kind=later("Error in a cell"), expected=say("a value"), fix=fix)
    try:
        return way.parse(cleaned)
    except Exception:  # whatever one text does to a parser, the others are read
        fix = say("This value could not be understood. Write it in a simpler way.")
        return Problem(kind=later("Not understood"), expected=say("a value that this field can hold"), fix=fix)


def value_of(answer: Any) -> Any:
    """What a text was read as; None where it could not be read."""
    return answer.value if isinstance(answer, Noted) else None if isinstance(answer, Problem) else answer


def problem_of(answer: Any) -> Problem | None:
    """The word about a text; None where there is nothing to say."""
    return answer.problem if isinstance(answer, Noted) else answer if isinstance(answer, Problem) else None


def problems_of(answer: Any) -> tuple[Problem, ...]:
    """All words about a text."""
    first = problem_of(answer)
    return (first, *(answer.others if isinstance(answer, Noted) else ())) if first else ()


def same_by(before: pd.Series, after: pd.Series, meaning: Callable[[Any], Any]) -> pd.Series:
    """Whether two columns mean the same, cell by cell; None, "" and [] are all empty. Equal values cost nothing."""
    pairs = zip(before, after, strict=True)
    same = [a == b or _meaning(a, meaning) == _meaning(b, meaning) for a, b in pairs]
    return pd.Series(same, index=before.index, dtype="bool")


def each(one: pd.Series, other: pd.Series, holds: Callable[[Any, Any], bool]) -> pd.Series:
    """Whether something holds for two columns, cell by cell."""
    return pd.Series([holds(*pair) for pair in zip(one, other, strict=True)], index=one.index, dtype="bool")


def shown_by(values: pd.Series, show: Callable[[Any], str]) -> pd.Series:
    """Values as text; empty ones become "", and one that is not of the field's kind is shown as it is."""
    try:
        shown = list(values) if show is str else ["" if is_empty(value) else show(value) for value in values]
        texts = pa.array(shown, pa.string()).fill_null("")
    except Exception:  # values of other kinds, half characters: one by one
        texts = pa.array(["" if is_empty(value) else _encodable(_shown(value, show)) for value in values], pa.string())
    return pd.Series(texts, index=values.index, dtype="str")


def is_empty(value: Any) -> bool:
    """None, "" and [] are how Webflow's values are empty."""
    return value is None or value == "" or value == []


def length_between(low: object, high: object) -> Callable[[pd.Series], pd.Series]:
    """Whether the texts are as long as they may be."""

    def holds(values: pd.Series) -> pd.Series:
        lengths = values.map(len)
        return lengths.between(low if isinstance(low, int) else 0, high if isinstance(high, int) else np.inf)

    return holds


def quoted(text: str) -> str:
    """`text` in quotation marks, short enough for a sentence."""
    return in_quotes(text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…")


def in_quotes(text: str) -> str:
    """All of `text` in quotation marks."""
    return say("“{text}”", text=text)


def _unseen(text: str, read: Any) -> tuple[Problem, ...]:
    if value_of(read) is None or not has_unseen(text):
        return ()
    told = Problem(
        kind=later("Invisible characters"),
        expected=say("a value without characters that nobody sees"),
        fix=say("They were left out."),
        severity=Severity.FIXED,
    )
    return (told,)


def _meaning(value: Any, meaning: Callable[[Any], Any]) -> Any:
    if is_empty(value):
        return None
    try:
        return meaning(value)
    except Exception:  # not a value of this kind, whatever Webflow sent: it is the same as itself only
        return value


def _shown(value: Any, show: Callable[[Any], str]) -> str:
    try:
        return show(value)
    except Exception:  # as above
        return str(value)


def _encodable(text: str) -> str:
    """Half characters (lone surrogates), which JSON can carry and text cannot, as question marks."""
    return text.encode("utf-8", "replace").decode()


def objects(values: list[Any]) -> np.ndarray[Any, np.dtype[np.object_]]:
    """The values as an array of objects: lists stay values."""
    return np.fromiter(values, dtype=object, count=len(values))


def _problems(texts: pd.Series, codes: Any, told: list[tuple[Problem, ...]]) -> tuple[Problem, ...]:
    """The words about distinct texts as problems of the column, each kind with all its rows."""
    kinds: dict[tuple[Severity, str, str], dict[int, Problem]] = {}
    for code, several in enumerate(told):
        for problem in several:
            kinds.setdefault((problem.severity, problem.kind, problem.expected), {})[code] = problem
    problems = []
    for members in kinds.values():
        here = np.isin(codes, list(members))
        problems.append(
            replace(
                next(iter(members.values())),
                column=str(texts.name),
                rows=tuple(texts.index[here]),
                values=tuple(texts[here]),
                fix=[str(members[code].fix) for code in codes[here]],
            )
        )
    return tuple(problems)
