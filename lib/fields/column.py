"""Working on a whole column: read each distinct text once, gather what went wrong, compare two columns."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from lib.fields.base import Reading
from lib.model.problem import Finding, Severity

INVISIBLE = "\u200b\u2060\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What was noticed about one text. An error has no value; a warning or a fix has the one it was read as."""

    kind: str
    expected: str
    fix: str
    severity: Severity = Severity.ERROR
    value: Any = None


def read_each(texts: pd.Series, parse: Callable[[str], Any]) -> Reading:
    """Read every distinct text once. `parse` gives a value or a `Trouble`; blank cells become None."""
    codes, distinct = pd.factorize(texts)
    answers = [parse(text) if text else None for text in map(trimmed, distinct)]
    values = _objects([answer.value if isinstance(answer, Trouble) else answer for answer in answers])
    return Reading(
        values=pd.Series(values[codes], index=texts.index, dtype="object"),
        findings=_findings(texts, codes, answers),
    )


def trimmed(text: str) -> str:
    """`text` without blanks around it, the invisible ones included."""
    return text.strip().strip(INVISIBLE).strip()


def same_by(before: pd.Series, after: pd.Series, meaning: Callable[[Any], Any]) -> pd.Series:
    """Whether two columns mean the same, cell by cell; None, "" and [] are all empty. Equal values cost nothing."""
    pairs = zip(before, after, strict=True)
    same = [a == b or _meaning(a, meaning) == _meaning(b, meaning) for a, b in pairs]
    return pd.Series(same, index=before.index, dtype="bool")


def shown_by(values: pd.Series, show: Callable[[Any], str]) -> pd.Series:
    """Values as text; empty ones become ""."""
    texts = ["" if is_empty(value) else show(value) for value in values]
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


def _meaning(value: Any, meaning: Callable[[Any], Any]) -> Any:
    return None if is_empty(value) else meaning(value)


def _objects(values: list[Any]) -> np.ndarray[Any, np.dtype[np.object_]]:
    array = np.empty(len(values), dtype=object)
    for index, value in enumerate(values):  # one by one: numpy would unfold lists
        array[index] = value
    return array


def _findings(texts: pd.Series, codes: Any, answers: list[Any]) -> tuple[Finding, ...]:
    kinds: dict[tuple[Severity, str, str], list[int]] = {}
    for code, answer in enumerate(answers):
        if isinstance(answer, Trouble):
            kinds.setdefault((answer.severity, answer.kind, answer.expected), []).append(code)
    findings = []
    for (severity, kind, expected), members in kinds.items():
        here = np.isin(codes, members)
        findings.append(
            Finding(
                kind=kind,
                expected=expected,
                severity=severity,
                column=str(texts.name),
                rows=tuple(texts.index[here]),
                values=tuple(texts[here]),
                fix=[answers[code].fix for code in codes[here]],
            )
        )
    return tuple(findings)
