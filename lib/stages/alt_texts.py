"""The columns of alt texts beside those of their images: what both say becomes one value.

Where the file has no new image for an item, its words are about the one that the item holds.
"""

from collections.abc import Sequence, Set
from dataclasses import replace

import numpy as np
import pandas as pd

from lib.fields.alt_text import described
from lib.fields.characters import is_blank
from lib.fields.column import Mask
from lib.model.checked import Checked
from lib.model.collection import ALT
from lib.model.problem import Problem
from lib.stages.live_rows import held_by
from lib.stages.read_column import ReadColumn
from lib.words.say import later, say


def alt_findings(columns: Sequence[ReadColumn], items: pd.Series, created: Set[int] = frozenset()) -> list[Problem]:
    """The alt texts of rows whose item will have no image; `created` rows create theirs. One whose address could not be
    read is told already."""
    is_about = items.notna().to_numpy(dtype=bool) | items.index.isin(list(created))
    read = {column.field.slug: column for column in columns}
    found = []
    for alt in (column for slug, column in read.items() if slug.startswith(ALT)):
        slug = alt.field.slug.removeprefix(ALT)
        said = alt.sent & alt.has_value & is_about
        texts = alt.texts[said & ~_has_image(read.get(slug), held_by(items, slug))]
        if len(texts):
            found.append(_without_image(alt.match.column, texts))
    return found


def with_alt_texts(checked: Checked) -> Checked:
    """The same with alt texts in the values of their images; columns of their own they have no longer."""
    slugs = [slug for slug in checked.values.columns if slug.startswith(ALT)]
    if not slugs:
        return checked
    values, sent = checked.values.copy(), checked.sent.copy()
    for slug in slugs:
        image = slug.removeprefix(ALT)
        alts, is_said = values.pop(slug), sent.pop(slug).to_numpy(dtype=bool)
        told = values[image].to_numpy(copy=True) if image in values else np.full(len(values), None, dtype=object)
        is_sent = sent[image].to_numpy(dtype=bool, copy=True) if image in sent else np.zeros(len(values), dtype=bool)
        held = held_by(checked.beside, image)
        for place in np.flatnonzero(is_said):
            one = described(told[place] if is_sent[place] else held[place], alts.iloc[place] or "")
            if one is not None:
                told[place], is_sent[place] = one, True
        values[image], sent[image] = pd.Series(told, index=values.index, dtype="object"), is_sent
    return replace(checked, values=values, sent=sent)


def _has_image(column: ReadColumn | None, held: Sequence[object]) -> Mask:
    """Which items will have an image, or would if its address were right."""
    has = np.array([described(image, "") is not None for image in held], dtype=bool)
    if column is None:
        return has
    is_given: Mask = ~is_blank(column.texts).to_numpy(dtype=bool)
    return is_given | (has & ~column.cleared)


def _without_image(column: str, texts: pd.Series) -> Problem:
    return Problem(
        kind=later("Alt text without an image"),
        expected=say("an image that the text is about"),
        fix=say("Write the address of the image into the column of its field, or empty this cell."),
        column=column,
        rows=tuple(texts.index),
        values=tuple(texts),
    )
