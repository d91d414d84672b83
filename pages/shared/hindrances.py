"""What stands in the way of visitors seeing something, in words: how much, what it means, and the way."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lib.model.publishing import UnseenReference
from lib.words.say import say, say_many
from pages.shared import folded, tables
from pages.shared.plain import plain

MOST_NAMES = 3
LONGEST_NAME = 40  # characters


def site_never_published(site_name: str, then: str) -> None:
    """Nothing can be seen of a site that was never published; `then` is what to do after that was done."""
    st.warning(
        say(
            "**{site} was never published**, so Webflow refuses to publish its items. Publish the site once in "
            "Webflow: Publish, at the top right of the Designer. Then {then} here.",
            site=plain(site_name),
            then=then,
        ),
        icon=":material/public_off:",
    )


def structure_changed(collection_name: str) -> None:
    """What Webflow most likely makes of a structure that is newer than the site: a guess, and told as one."""
    st.warning(
        say(
            "**{collection} was changed after the site was last published**, perhaps by a field that was added. "
            "Webflow may refuse to publish its items until the site is published once more. If it does, publish the "
            "site in Webflow, then try again.",
            collection=plain(collection_name),
        ),
        icon=":material/schema:",
    )


def unseen(found: Sequence[UnseenReference]) -> None:
    """References that lead to nothing, with the items that they name."""
    if not found:
        return
    items, targets = len({one.row for one in found}), {one.target_id: one.target for one in found}
    referring = say_many(items, "{number:,} item refers to", "{number:,} items refer to")
    st.warning(
        say_many(
            len(targets),
            "**{referring} {number:,} item that was never published**: {names}. Visitors see nothing of it there. "
            "Publish it in Webflow, now or later; nothing has to be sent again.",
            "**{referring} {number:,} items that were never published**: {names}. Visitors see nothing of them there. "
            "Publish them in Webflow, now or later; nothing has to be sent again.",
            referring=referring,
            names=names(list(targets.values())),
        ),
        icon=":material/link_off:",
    )

    def draw() -> None:
        table = pd.DataFrame([(one.row, one.item, one.field, one.target) for one in found])
        columns = [say("Row"), say("Item"), say("Field"), say("Refers to")]
        tables.grid(table.set_axis(columns, axis=1), alt=say("References"), key="unseen")

    folded.part(say("Show these references ({number:,})", number=len(found)), draw, key="part_unseen")


def names(of: Sequence[str]) -> str:
    """The first few, made safe for Markdown, and how many there are beside them."""
    first = ", ".join(say("“{name}”", name=plain(_short(name))) for name in of[:MOST_NAMES])
    more = len(of) - MOST_NAMES
    if more <= 0:
        return first
    return say_many(more, "{names} and {number:,} other", "{names} and {number:,} others", names=first)


def _short(name: str) -> str:
    return f"{name[:LONGEST_NAME]}…" if len(name) > LONGEST_NAME else name or say("(no name)")
