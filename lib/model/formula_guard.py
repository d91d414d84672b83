"""How our own tables are written so that no spreadsheet program runs a cell as a formula, and how that is taken back.

A program runs text that begins with one of a few signs; an apostrophe before it keeps it text (OWASP, "CSV Injection").
Files of others hold such apostrophes as values. Ours is followed by a no-break space, which marks it as ours: every
code page of old has that character, and nobody types it there. A text that begins so by itself gets another guard, so
that every text comes back as it was.
"""

import re

import pandas as pd

GUARD = "'\u00a0"
_RUN_AS_FORMULA = r"[=+\-@\t\r]"
_TEXT_IN_FORMULA = r'\s*="'  # whatever space stands before it
_PLAIN_NUMBER = r"-\d+([.,]\d+)?"
_GUARDED = re.compile(rf"^{GUARD}(?={GUARD}|{_RUN_AS_FORMULA}|{_TEXT_IN_FORMULA})")


def guarded(texts: pd.Series) -> pd.Series:
    """Texts for a file whose cells may be formulas, such as CSV."""
    dangerous = texts.str.match(_RUN_AS_FORMULA) & ~texts.str.fullmatch(_PLAIN_NUMBER)
    return _with_guard(texts, dangerous | _mistakable(texts))


def guarded_where_mistakable(texts: pd.Series) -> pd.Series:
    """Texts for a file whose cells are text anyway, such as .xlsx: only what reading would take for a guard, or for
    a text that some program has put into a formula (`="007"`), gets one."""
    return _with_guard(texts, _mistakable(texts))


def unguarded(texts: pd.Series) -> pd.Series:
    """Texts as they were before they were guarded; those of other people's files stay as they are."""
    if not texts.str.startswith(GUARD).any():
        return texts
    return texts.str.replace(_GUARDED, "", regex=True)


def _mistakable(texts: pd.Series) -> pd.Series:
    return texts.str.contains(_GUARDED, regex=True) | texts.str.match(_TEXT_IN_FORMULA)


def _with_guard(texts: pd.Series, here: pd.Series) -> pd.Series:
    return texts.mask(here, GUARD + texts) if here.any() else texts
