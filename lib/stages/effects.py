"""What changes do, and how large they are, judged by the texts that people see, a whole field at a time."""

import numpy as np
import pandas as pd

from lib.fields import kind_of
from lib.fields.base import TextKind
from lib.model.collection import Field
from lib.model.effect import Effect, Risk

SHRUNK_TO = 0.5  # of a text that shrinks a lot, less than this is left …
SHRUNK_BY = 100  # … and more than so many characters go
NO_RISK = ""
TAGS = r"<[^<>]*>"


def effects(now: pd.Series, after: pd.Series) -> pd.Series:
    """The `Effect` of each change, from what the item shows and what it will show; "" is an empty field."""
    found = np.select([now == "", after == ""], [Effect.NEW.value, Effect.ERASED.value], Effect.CHANGED.value)
    return pd.Series(found, index=now.index, dtype="str")


def risks(field: Field, now: pd.Series, after: pd.Series) -> pd.Series:
    """The `Risk` of each change in this field, `NO_RISK` for none."""
    effect, kind = effects(now, after), kind_of(field.type)
    is_change = effect == Effect.CHANGED
    cases = [
        (Risk.MOVED, is_change & (field.slug == "slug")),
        (Risk.ERASED, effect == Effect.ERASED),
        (Risk.IMPORTED, is_change & kind.is_file),
        (Risk.SHRUNK, is_change & _shrinks(_words(now, kind.text), _words(after, kind.text))),
    ]
    found = np.select([holds for _, holds in cases], [risk.value for risk, _ in cases], NO_RISK)
    return pd.Series(found, index=now.index, dtype="str")


def sizes(now: pd.Series, after: pd.Series) -> pd.Series:
    """How many characters each change replaces: those between what both texts begin with and what both end with."""
    pairs = zip(now, after, strict=True)
    return pd.Series([_replaced(one, other) for one, other in pairs], index=now.index, dtype="int64")


def _replaced(now: str, after: str) -> int:
    start = _shared(now, after)
    return max(len(now), len(after)) - start - _shared(now[start:][::-1], after[start:][::-1])


def _shared(one: str, other: str) -> int:
    """How many characters both begin with; found by halves, since long texts are compared at once faster than in
    steps."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _words(texts: pd.Series, kind: TextKind | None) -> pd.Series:
    """What a reader sees of texts; nothing of values that are no texts."""
    if kind is TextKind.HTML:
        return texts.str.replace(TAGS, "", regex=True)
    return texts if kind is TextKind.PLAIN else pd.Series("", index=texts.index, dtype="str")


def _shrinks(now: pd.Series, after: pd.Series) -> pd.Series:
    before, left = now.str.len(), after.str.len()
    return (left < before * SHRUNK_TO) & (before - left > SHRUNK_BY)
