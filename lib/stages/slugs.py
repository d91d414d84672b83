"""Page addresses must be unique: within the file, and against the items that are there, in each language."""

from collections.abc import Iterable

import pandas as pd

from lib.model.item import Item
from lib.model.mapping import ColumnMapping
from lib.model.problem import Problem


def slug_findings(
    values: pd.DataFrame, sent: pd.DataFrame, own_items: pd.Series, items: Iterable[Item], mapping: ColumnMapping
) -> tuple[Problem, ...]:
    """Rows whose new slug another row or another item has. Swaps are refused too: Webflow refuses them."""
    match = next((match for match in mapping.fields if match.field_slug == "slug"), None)
    if match is None:
        return ()
    slugs = values["slug"][sent["slug"] & own_items.notna()].dropna().astype("str")
    own = own_items[slugs.index]
    places = pd.Series(
        [f"{item.cms_locale_id} {slug}" for item, slug in zip(own, slugs, strict=True)], index=slugs.index
    )
    owner = places.map({f"{item.cms_locale_id} {item.slug}": item.id for item in items}).astype("object")
    moved = owner != own.map(lambda item: item.id)
    taken = slugs.index[owner.notna() & moved]
    changed = places[moved]
    twice = changed.index[changed.duplicated(keep=False)].difference(taken)
    fix = "Choose another page address; every item needs its own."
    return tuple(
        problem
        for problem in (
            _finding(
                "Page address already taken", "an address that no other item has", fix, match.column, taken, slugs
            ),
            _finding(
                "Page address twice in the file", "a different address in every row", fix, match.column, twice, slugs
            ),
        )
        if problem.rows
    )


def _finding(kind: str, expected: str, fix: str, column: str, rows: pd.Index, slugs: pd.Series) -> Problem:
    return Problem(kind=kind, expected=expected, fix=fix, column=column, rows=tuple(rows), values=tuple(slugs[rows]))
