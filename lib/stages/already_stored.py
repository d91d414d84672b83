"""Cells that say nothing new although the item holds another form: what Webflow once made of them, or lawfully makes.

What it made of a value that was sent is remembered and certain. Where nothing is remembered, an image or file is known
by its name alone, and that guess is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from lib.fields import kind_of
from lib.model.collection import Field
from lib.model.problem import Problem, Severity
from lib.model.stored_form import Memory, StoredForm, digest


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyStored:
    """Which cells of a column the items hold in Webflow's form; `by_name`: those of them that only a name tells."""

    cells: pd.Series
    by_name: pd.Series


def already_stored(values: pd.Series, live: pd.Series, items: pd.Series, field: Field, memory: Memory) -> AlreadyStored:
    """Hold the values of a column against what its rows' `items` (None for none) hold, and what is remembered."""
    nothing = pd.Series(False, index=values.index)
    is_our_work, was_sent = nothing.copy(), nothing.copy()
    for row, form in _forms(items, field.slug, memory):
        is_our_work[row], was_sent[row] = form.stored == digest(live[row]), form.sent == digest(values[row])
    known = is_our_work & was_sent
    kind = kind_of(field.type)
    both = values.index[values.notna() & live.notna()]
    lawful = kind.is_form(live[both], values[both])
    if not kind.is_tidied:
        return AlreadyStored(cells=known | lawful.reindex(values.index, fill_value=False), by_name=nothing)
    # What is known to have come from another address is no copy of this one, whatever its name.
    copies = both[lawful & ~is_our_work[both]]
    by_name = nothing.copy()
    by_name[copies] = ~kind.same(live[copies], values[copies])
    return AlreadyStored(cells=known | by_name, by_name=by_name)


def by_name_finding(column: str, texts: pd.Series, by_name: pd.Series) -> Problem:
    """The word about files that count as unchanged since Webflow holds one of their name."""
    rows = texts.index[by_name]
    return Problem(
        kind="Same file by its name",
        expected="a name of its own for every new file",
        fix="Webflow holds its own copy of a file of this name, so nothing is sent for it. If yours is another file, "
        "give it another name.",
        severity=Severity.WARNING,
        column=column,
        rows=tuple(rows),
        values=tuple(texts[rows]),
    )


def _forms(items: pd.Series, slug: str, memory: Memory) -> Iterator[tuple[int, StoredForm]]:
    """The rows of whose items something is remembered of this field."""
    for row, item in zip(items.index, items, strict=True) if memory else ():
        form = memory.get((item.id, item.cms_locale_id or ""), {}).get(slug) if item is not None else None
        if form is not None:
            yield row, form
