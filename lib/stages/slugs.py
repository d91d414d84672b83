"""Page addresses must be unique: within the file, and against the items that are there."""

from collections.abc import Iterable

import pandas as pd

from lib.model.item import Item
from lib.model.mapping import Mapping
from lib.model.problem import Finding


def slug_findings(
    values: pd.DataFrame, sent: pd.DataFrame, item_ids: pd.Series, items: Iterable[Item], mapping: Mapping
) -> tuple[Finding, ...]:
    """Rows whose new slug another row or another item has. Swaps are refused too: Webflow refuses them."""
    match = next((match for match in mapping.fields if match.field_slug == "slug"), None)
    if match is None:
        return ()
    slugs = values["slug"][sent["slug"] & (item_ids != "")].dropna().astype("str")
    owners = {item.slug: item.id for item in items}
    own = item_ids[slugs.index]
    owner = slugs.map(owners)
    taken = slugs.index[owner.notna() & (owner != own)]
    changed = slugs[owner != own]
    twice = changed.index[changed.duplicated(keep=False)].difference(taken)
    fix = "Choose another page address; every item needs its own."
    return tuple(
        finding
        for finding in (
            _finding(
                "Page address already taken", "an address that no other item has", fix, match.column, taken, slugs
            ),
            _finding(
                "Page address twice in the file", "a different address in every row", fix, match.column, twice, slugs
            ),
        )
        if finding.rows
    )


def _finding(kind: str, expected: str, fix: str, column: str, rows: pd.Index, slugs: pd.Series) -> Finding:
    return Finding(kind=kind, expected=expected, fix=fix, column=column, rows=tuple(rows), values=tuple(slugs[rows]))
