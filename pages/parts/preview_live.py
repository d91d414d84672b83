"""Before a plan is sent live at once: what visitors would not see of it, and the way."""

import streamlit as st

from lib.words.say import count
from lib.workflow.planning import Planned
from pages.shared import hindrances

STAGED_FIRST = (
    "To bring {them} in: choose “After the next publish” under “How the items are sent”, and publish {them} from the "
    "results."
)


def draw(planned: Planned) -> None:
    """One box for each kind of thing; nothing where all is well or nothing goes live at once."""
    if not planned.choices.live:
        return
    found = planned.going_live
    if not found.is_published:
        hindrances.site_never_published(planned.matched.site.display_name, "connect again")
    if found.is_stale:
        hindrances.structure_changed(planned.matched.collection.display_name)
    if number := found.never_published:
        them = "it" if number == 1 else "them"
        st.warning(
            f"**{count(number, 'item', 'items')} left out**: never published, so visitors see no version of {them} that could "
            f"change. {STAGED_FIRST.format(them=them)}",
            icon=":material/visibility_off:",
        )
    if number := found.archived:
        them = "it" if number == 1 else "them"
        st.warning(
            f"**{count(number, 'archived item', 'archived items')} left out**: archived items cannot be published. Take {them} out of "
            "the archive in Webflow, then compare again.",
            icon=":material/archive:",
        )
    hindrances.unseen(found.unseen)
