"""What a cell says without what programs put around it, and what of it was lost on the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from lib.model.formula_guard import GUARD, unguarded
from lib.model.problem import Problem, Severity
from lib.stages.read.columns import Numbers, first_bytes, holds, is_no_graphic, lengths
from lib.words.say import later, say

LOST = "\ufffd"
NUL = "\x00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """The columns, what was noticed, and the texts of cells that read differently now: column → row → text."""

    frame: pd.DataFrame
    problems: tuple[Problem, ...]
    as_found: Mapping[str, Mapping[int, str]]


def clean(frame: pd.DataFrame) -> Cleaned:
    """Take back our own guards against formulas, formulas around a text, and characters that no field can hold;
    point at letters that were lost."""
    columns: dict[str, pd.Series] = {}
    problems: list[Problem] = []
    as_found: dict[str, dict[int, str]] = {}
    for name, texts in frame.items():
        label = str(name)
        held = pa.array(texts)
        begun = texts[_may_begin_with_more(held)]
        plain = plain_texts(begun)
        changed = begun[begun != plain]
        if len(changed):
            as_found[label] = dict(zip(changed.index.tolist(), changed.tolist(), strict=True))
            texts = texts.copy()
            texts.loc[changed.index] = plain[changed.index]
        problems += _noticed(label, texts, held, begun[_is_formula(begun)])
        columns[label] = texts.str.replace(NUL, "", regex=False) if holds(held, ord(NUL)) else texts
    return Cleaned(frame=pd.DataFrame(columns, index=frame.index), problems=tuple(problems), as_found=as_found)


def _may_begin_with_more(texts: pa.LargeStringArray) -> Numbers:
    """Which texts may begin with our guard, or with a formula, whatever space stands before it."""
    first = first_bytes(texts)
    begins: Numbers = (first == ord(GUARD[0])) | (first == ord("="))
    return begins | (is_no_graphic(first) & (lengths(texts) > 0))


def plain_texts(texts: pd.Series) -> pd.Series:
    """Texts without our guard, and those of formulas that hold nothing but a text: `="007"` is 007."""
    formulas = _is_formula(texts)
    if formulas.any():
        inside = texts[formulas].str.strip().str[2:-1].str.replace('""', '"', regex=False)
        texts = texts.where(~formulas, inside)
    return unguarded(texts)


def _is_formula(texts: pd.Series) -> pd.Series:
    begins = texts.str.contains('="', regex=False)
    if not begins.any():
        return begins
    bare = texts.str.strip()
    inside = bare.str[2:-1].str.replace('""', "", regex=False)
    return (
        bare.str.startswith('="')
        & bare.str.endswith('"')
        & (bare.str.len() > 2)
        & ~inside.str.contains('"', regex=False)
    )


def _noticed(label: str, texts: pd.Series, held: pa.LargeStringArray, from_formula: pd.Series) -> Iterable[Problem]:
    if len(from_formula):
        yield _finding(
            label,
            from_formula,
            kind=later("Formula around a text"),
            expected=say("the text alone"),
            fix=say('Nothing to do: the text was taken out of the formula (="…").'),
            severity=Severity.FIXED,
        )
    with_nul = texts[texts.str.contains(NUL, regex=False)] if holds(held, ord(NUL)) else texts[:0]
    if len(with_nul):
        yield _finding(
            label,
            with_nul.str.replace(NUL, LOST, regex=False),
            kind=later("Invisible characters"),
            expected=say("text"),
            fix=say("Nothing to do: characters that cannot be shown were removed."),
            severity=Severity.FIXED,
        )
    damaged = texts[texts.str.contains(LOST, regex=False)] if holds(held, LOST.encode()[0]) else texts[:0]
    if len(damaged):
        yield _finding(
            label,
            damaged,
            kind=later("Damaged letters"),
            expected=say("a text whose letters all arrived"),
            fix=say(
                "Letters of this cell were lost ({sign}). Type it again, or choose another encoding on Upload.",
                sign=LOST,
            ),
            severity=Severity.ERROR,
        )


def _finding(label: str, texts: pd.Series, *, kind: str, expected: str, fix: str, severity: Severity) -> Problem:
    return Problem(
        kind=kind,
        expected=expected,
        fix=fix,
        severity=severity,
        column=label,
        rows=tuple(texts.index.tolist()),
        values=tuple(texts),
    )
