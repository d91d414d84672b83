"""What stands in the way of visitors seeing something, in words: how much, what it means, and the way."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lib.model.publishing import UnseenReference
from lib.words.say import count
from pages.shared import folded, tables
from pages.shared.plain import plain

MOST_NAMES = 3
LONGEST_NAME = 40  # characters


def site_never_published(site_name: str, then: str) -> None:
    """Nothing can be seen of a site that was never published; `then` is what to do after that was done."""
    st.warning(
        f"**{plain(site_name)} was never published**, so Webflow refuses to publish its items. Publish the site once "
        f"in Webflow: Publish, at the top right of the Designer. Then {then} here.",
        icon=":material/public_off:",
    )


def structure_changed(collection_name: str) -> None:
    """What Webflow most likely makes of a structure that is newer than the site: a guess, and told as one."""
    st.warning(
        f"**{plain(collection_name)} was changed after the site was last published**, perhaps by a field that was "
        "added. Webflow may refuse to publish its items until the site is published once more. If it does, publish "
        "the site in Webflow, then try again.",
        icon=":material/schema:",
    )


def unseen(found: Sequence[UnseenReference]) -> None:
    """References that lead to nothing, with the items that they name."""
    if not found:
        return
    items, targets = len({one.row for one in found}), {one.target_id: one.target for one in found}
    one = len(targets) == 1
    st.warning(
        f"**{count(items, 'item', 'items')} {'refers' if items == 1 else 'refer'} to {count(len(targets), 'item', 'items')} that "
        f"{'was' if one else 'were'} never published**: {names(list(targets.values()))}. Visitors see nothing of "
        f"{'it' if one else 'them'} there. Publish {'it' if one else 'them'} in Webflow, now or later; nothing has to "
        "be sent again.",
        icon=":material/link_off:",
    )

    def draw() -> None:
        table = pd.DataFrame([(one.row, one.item, one.field, one.target) for one in found])
        tables.grid(table.set_axis(["Row", "Item", "Field", "Refers to"], axis=1), alt="References", key="unseen")

    folded.part(f"Show these references ({len(found):,})", draw, key="part_unseen")


def names(of: Sequence[str]) -> str:
    """The first few, made safe for Markdown, and how many there are beside them."""
    first = ", ".join(f"“{plain(_short(name))}”" for name in of[:MOST_NAMES])
    more = len(of) - MOST_NAMES
    return f"{first} and {count(more, 'other', 'others')}" if more > 0 else first


def _short(name: str) -> str:
    return f"{name[:LONGEST_NAME]}…" if len(name) > LONGEST_NAME else name or "(no name)"
