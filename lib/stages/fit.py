"""Which fields a column may feed, told by a look at some of its values."""

import re

import pandas as pd

from lib.fields import kind_of
from lib.fields.base import ReadContext
from lib.model.collection import Collection, Field
from lib.model.mapping import ReadingChoices, Role
from lib.model.problem import Cause, Severity
from lib.model.sheet import Sheet

LOOKED_AT = 100
OBJECT_ID = re.compile(r"\s*[0-9a-fA-F]{24}\s*")


def offers(sheet: Sheet, collection: Collection) -> dict[str, tuple[str, ...]]:
    """For each column, the targets it may feed: slugs of fields, and `Role.ITEM_ID` for a column of ids."""
    return {column: _offered(sheet.frame[column], collection) for column in sheet.columns}


def _offered(texts: pd.Series, collection: Collection) -> tuple[str, ...]:
    look = _look(texts)
    ids = (Role.ITEM_ID.value,) if look.str.fullmatch(OBJECT_ID).any() else ()
    return (*ids, *(field.slug for field in collection.writable_fields if fits(look, field)))


def fits(texts: pd.Series, field: Field) -> bool:
    """Whether any of the first different values can be read for this field; an empty column fits everything."""
    look = _look(texts)
    kind = kind_of(field.type)
    if look.empty or kind.is_reference:
        return True
    reading = kind.read(look, field, ReadingChoices(), ReadContext())
    unclear = {
        row
        for f in reading.problems
        if f.severity is Severity.ERROR and f.cause is not Cause.AMBIGUOUS
        for row in f.rows
    }
    return len(unclear) < len(look)


def _look(texts: pd.Series) -> pd.Series:
    return texts[texts.str.strip() != ""].drop_duplicates().head(LOOKED_AT)
