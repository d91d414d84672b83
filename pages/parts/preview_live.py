"""Before a plan is sent live at once: what visitors would not see of it, and the way."""

import streamlit as st

from lib.words.say import say, say_many
from lib.workflow.planning import Planned
from pages.shared import hindrances


def draw(planned: Planned) -> None:
    """One box for each kind of thing; nothing where all is well or nothing goes live at once."""
    if not planned.choices.live:
        return
    found = planned.going_live
    if not found.is_published:
        hindrances.site_never_published(planned.matched.site.display_name, say("connect again"))
    if found.is_stale:
        hindrances.structure_changed(planned.matched.collection.display_name)
    if number := found.never_published:
        told = say_many(
            number,
            "**{number:,} item left out**: never published, so visitors see no version of it that could change. To "
            "bring it in: choose “After the next publish” under “How the items are sent”, and publish it from the "
            "results.",
            "**{number:,} items left out**: never published, so visitors see no version of them that could change. To "
            "bring them in: choose “After the next publish” under “How the items are sent”, and publish them from the "
            "results.",
        )
        st.warning(told, icon=":material/visibility_off:")
    if number := found.archived:
        told = say_many(
            number,
            "**{number:,} archived item left out**: archived items cannot be published. Take it out of the archive in "
            "Webflow, then compare again.",
            "**{number:,} archived items left out**: archived items cannot be published. Take them out of the archive "
            "in Webflow, then compare again.",
        )
        st.warning(told, icon=":material/archive:")
    hindrances.unseen(found.unseen)
