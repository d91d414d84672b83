"""Working on a whole column: read each distinct text once, gather what went wrong, compare two columns."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lib.fields.base import Reading
from lib.fields.characters import has_unseen, is_blank, seen, trimmed
from lib.fields.error_texts import is_error_text
from lib.model.problem import Problem, Severity

__all__ = ["Trouble", "is_blank", "is_empty", "length_between", "read_each", "same_by", "shown_by", "trimmed"]

LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What was noticed about one text. An error has no value; a warning or a fix has the one it was read as."""

    kind: str
    expected: str
    fix: str
    severity: Severity = Severity.ERROR
    value: Any = None


def read_each(texts: pd.Series, parse: Callable[[str], Any], clean: Callable[[str], str] = seen) -> Reading:
    """Read every distinct text once. `parse` gives a value or a `Trouble`; blank cells become None.

    `parse` gets the texts as `clean` leaves them: `seen` for all but texts that are kept as they are. Invisible
    characters that it took out are told.
    """
    codes, distinct = pd.factorize(texts)
    blank = is_blank(pd.Series(distinct, dtype="str"))
    answers = [None if no else _answer(clean(text), parse) for no, text in zip(blank, distinct, strict=True)]
    values = _objects([answer.value if isinstance(answer, Trouble) else answer for answer in answers])
    problems = _problems(texts, codes, answers)
    if clean is seen:
        problems += _problems(texts, codes, [_unseen(*pair) for pair in zip(distinct, answers, strict=True)])
    return Reading(values=pd.Series(values[codes], index=texts.index, dtype="object"), problems=problems)


def same_by(before: pd.Series, after: pd.Series, meaning: Callable[[Any], Any]) -> pd.Series:
    """Whether two columns mean the same, cell by cell; None, "" and [] are all empty. Equal values cost nothing."""
    pairs = zip(before, after, strict=True)
    same = [a == b or _meaning(a, meaning) == _meaning(b, meaning) for a, b in pairs]
    return pd.Series(same, index=before.index, dtype="bool")


def shown_by(values: pd.Series, show: Callable[[Any], str]) -> pd.Series:
    """Values as text; empty ones become "", and one that is not of the field's kind is shown as it is."""
    texts = ["" if is_empty(value) else _encodable(_shown(value, show)) for value in values]
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
    return f"“{text}”" if len(text) <= LONGEST_QUOTE else f"“{text[:LONGEST_QUOTE]}…”"


def _answer(text: str, parse: Callable[[str], Any]) -> Any:
    if is_error_text(trimmed(text)):
        return Trouble(
            kind="Error in a cell",
            expected="a value",
            fix="The formula in this cell failed. Mend the formula or type the value.",
        )
    try:
        return parse(text)
    except Exception:  # whatever one text does to a parser, the others are read
        return Trouble(
            kind="Not understood",
            expected="a value that this field can hold",
            fix="This value could not be understood. Write it in a simpler way.",
        )


def _unseen(text: str, answer: Any) -> Trouble | None:
    is_error = isinstance(answer, Trouble) and answer.severity is Severity.ERROR
    if answer is None or is_error or not has_unseen(text):
        return None
    return Trouble(
        kind="Invisible characters",
        expected="a value without characters that nobody sees",
        fix="They were left out.",
        severity=Severity.FIXED,
    )


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


def _objects(values: list[Any]) -> np.ndarray[Any, np.dtype[np.object_]]:
    array = np.empty(len(values), dtype=object)
    for index, value in enumerate(values):  # one by one: numpy would unfold lists
        array[index] = value
    return array


def _problems(texts: pd.Series, codes: Any, answers: list[Any]) -> tuple[Problem, ...]:
    kinds: dict[tuple[Severity, str, str], list[int]] = {}
    for code, answer in enumerate(answers):
        if isinstance(answer, Trouble):
            kinds.setdefault((answer.severity, answer.kind, answer.expected), []).append(code)
    problems = []
    for (severity, kind, expected), members in kinds.items():
        here = np.isin(codes, members)
        problems.append(
            Problem(
                kind=kind,
                expected=expected,
                severity=severity,
                column=str(texts.name),
                rows=tuple(texts.index[here]),
                values=tuple(texts[here]),
                fix=[answers[code].fix for code in codes[here]],
            )
        )
    return tuple(problems)
