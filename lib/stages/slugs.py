"""Page addresses must be unique: within the file, and against the items that are there, in each language."""

from collections.abc import Sequence

import pandas as pd

from lib.model.mapping import ColumnMapping
from lib.model.new_item import NewItem
from lib.model.problem import Problem
from lib.stages.found import Found
from lib.words.say import later, say


def slug_findings(
    values: pd.DataFrame,
    sent: pd.DataFrame,
    found: Found,
    mapping: ColumnMapping,
    new: Sequence[NewItem] = (),
) -> tuple[Problem, ...]:
    """Rows whose new slug another row or another item has, in the language of their item, be it there or
    `new`. Swaps are refused too: Webflow refuses them."""
    match = next((match for match in mapping.fields if match.field_slug == "slug"), None)
    if match is None:
        return ()
    items = found.table
    own: dict[object, tuple[str, str | None]] = {
        row: (item.id, item.cms_locale_id) for row, item in found.items.items() if item is not None
    }
    own |= {item.row: (item.id, item.cms_locale_id) for item in new}
    slugs = values["slug"][sent["slug"] & sent.index.isin(list(own))].dropna().astype("str")
    places = pd.Series([f"{own[row][1]} {slug}" for row, slug in slugs.items()], index=slugs.index, dtype="str")
    owner = places.map({f"{item.cms_locale_id} {item.slug}": item.id for item in items}).astype("object")
    moved = owner != pd.Series([own[row][0] for row in slugs.index], index=slugs.index, dtype="object")
    taken = slugs.index[owner.notna() & moved]
    changed = places[moved]
    twice = changed.index[changed.duplicated(keep=False)].difference(taken)
    findings = (
        (later("Page address already taken"), say("an address that no other item has"), taken),
        (later("Page address twice in the file"), say("a different address in every row"), twice),
    )
    return tuple(_finding(kind, expected, match.column, slugs[rows]) for kind, expected, rows in findings if len(rows))


def _finding(kind: str, expected: str, column: str, slugs: pd.Series) -> Problem:
    fix = say("Choose another page address; every item needs its own.")
    return Problem(kind=kind, expected=expected, fix=fix, column=column, rows=tuple(slugs.index), values=tuple(slugs))
