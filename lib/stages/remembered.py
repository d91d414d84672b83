"""Cells that hold what was sent before, of which the item holds what Webflow then made: they say nothing new."""

import pandas as pd

from lib.model.stored_form import Memory, digest


def is_remembered(values: pd.Series, live: pd.Series, items: pd.Series, slug: str, memory: Memory) -> pd.Series:
    """Whether each of these values of the field `slug` is stored already, in the form that Webflow gave it.

    `live` is what the row's item (`items`, None for none) holds now.
    """
    known = [
        memory.get((item.id, item.cms_locale_id or ""), {}).get(slug) if item is not None else None for item in items
    ]
    found = [
        form is not None and form.stored == digest(now) and form.sent == digest(value)
        for form, now, value in zip(known, live, values, strict=True)
    ]
    return pd.Series(found, index=values.index, dtype="bool")
