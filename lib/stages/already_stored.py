"""Cells that say nothing new although the item holds another form: what Webflow once made of them, or lawfully makes.

What it made of a value that was sent is remembered and certain. Where nothing is remembered, an image or file is known
by its name alone, and that guess is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lib.fields import kind_of
from lib.fields.column import Mask
from lib.model.collection import Field
from lib.model.problem import Problem, Severity
from lib.model.stored_form import Memory, StoredForm, digest
from lib.words.say import later, say


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyStored:
    """Which cells of a column the items hold in Webflow's form; `by_name`: those of them that only a name tells."""

    cells: Mask
    by_name: Mask


def already_stored(values: pd.Series, live: pd.Series, items: pd.Series, field: Field, memory: Memory) -> AlreadyStored:
    """Hold the values of a column against what its rows' `items` (None for none) hold, and what is remembered."""
    is_our_work, was_sent = np.zeros(len(values), bool), np.zeros(len(values), bool)
    for place, form in _forms(items, field.slug, memory):
        is_our_work[place] = form.stored == digest(live.iloc[place])
        was_sent[place] = form.sent == digest(values.iloc[place])
    known = is_our_work & was_sent
    kind = kind_of(field.type)
    both = np.flatnonzero(values.notna() & live.notna())
    known[both] |= kind.is_later(live.iloc[both], values.iloc[both])
    lawful = np.zeros(len(values), bool)
    lawful[both] = kind.is_form(live.iloc[both], values.iloc[both])
    if not kind.is_tidied:
        return AlreadyStored(cells=known | lawful, by_name=np.zeros(len(values), bool))
    # What is known to have come from another address is no copy of this one, whatever its name.
    by_name = lawful & ~is_our_work & ~known
    copies = np.flatnonzero(by_name)
    by_name[copies] = ~kind.same(live.iloc[copies], values.iloc[copies])
    return AlreadyStored(cells=known | by_name, by_name=by_name)


def by_name_findings(column: str, texts: pd.Series, by_name: Mask) -> list[Problem]:
    """The word about files that count as unchanged since Webflow holds one of their name, where there are any."""
    if not by_name.any():
        return []
    return [
        Problem(
            kind=later("Same file by its name"),
            expected=say("a name of its own for every new file"),
            fix=say(
                "Webflow holds its own copy of a file of this name, so nothing is sent for it. If yours is "
                "another file, give it another name."
            ),
            severity=Severity.WARNING,
            column=column,
            rows=tuple(texts.index[by_name]),
            values=tuple(texts[by_name]),
        )
    ]


def _forms(items: pd.Series, slug: str, memory: Memory) -> Iterator[tuple[int, StoredForm]]:
    """The places of rows of whose items something is remembered of this field."""
    for place, item in enumerate(items) if memory else ():
        form = memory.get((item.id, item.cms_locale_id or ""), {}).get(slug) if item is not None else None
        if form is not None:
            yield place, form
