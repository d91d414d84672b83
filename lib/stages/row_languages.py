"""The language of every row: what its Locale ID column says, else the one that a person chose."""

from collections.abc import Callable, Sequence

import pandas as pd

from lib.fields import ReadContext, kind_of
from lib.model.collection import Field
from lib.model.mapping import ColumnMapping, Role
from lib.model.problem import Problem
from lib.model.sheet import Sheet
from lib.model.site import Languages
from lib.words.say import later, say

UNKNOWN = "unknown"  # in place of an id, for a text that means no language of the site


def row_languages(sheet: Sheet, mapping: ColumnMapping, languages: Languages) -> pd.Series:
    """The CMS locale id that each row is about, `UNKNOWN` for none; "" everywhere on a site with one language."""
    match = mapping.of_role(Role.LOCALE_ID)
    if not languages.known or match is None:
        return pd.Series(languages.chosen, index=sheet.frame.index, dtype="str")
    texts = sheet.frame[match.column].str.strip()
    meant = {text: languages.meant(text) or UNKNOWN for text in texts.drop_duplicates()} | {"": languages.chosen}
    return texts.map(meant).astype("str")


def by_language(
    make: Callable[[pd.Series, Field, ReadContext], pd.Series],
    values: pd.Series,
    field: Field,
    context: ReadContext,
    spoken: Callable[[], Sequence[str | None]],
) -> pd.Series:
    """What is made of the values of a field, each in its own language (None: the primary one); only references tell
    languages apart, since each knows its own items by its own names."""
    if values.empty or not (context.languages.known and kind_of(field.type).is_reference):
        return make(values, field, context)
    of = pd.Series([locale or "" for locale in spoken()], index=values.index, dtype="str")
    parts = [make(values[of == locale], field, context.spoken(locale)) for locale in of.unique()]
    whole: pd.Series = pd.concat(parts)
    return whole.reindex(values.index)


def no_such_language(sheet: Sheet, mapping: ColumnMapping, rows: pd.Index, languages: Languages) -> Problem:
    """The word about `rows` that name a language which the site does not have."""
    match = mapping.of_role(Role.LOCALE_ID)
    column = match.column if match else ""
    return Problem(
        kind=later("No such language"),
        expected=say("a language of the site: {named}", named=languages.named),
        fix=say("Correct it, or empty the cell: then the row is about the language that you chose."),
        column=column,
        rows=tuple(rows),
        values=tuple(sheet.frame.loc[rows, column]) if column else (),
    )
