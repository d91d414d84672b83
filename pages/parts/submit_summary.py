"""What will be sent: items, fields, rows left out, requests; what to rely on, and who will see it when."""

import streamlit as st

from lib.model.effect import Risk
from lib.model.row_status import RowStatus
from lib.words.say import count
from lib.workflow.planning import Planned
from pages.shared import both_verbs, cost
from pages.shared.plain import plain
from pages.shared.visit import Visit

PROMISES = ("Nothing is ever deleted.", "You can undo the run.", "You can close the tab: the run goes on.")


def draw(state: Visit, planned: Planned) -> None:
    """The summary and the promises."""
    matched, counts = planned.matched, planned.counts
    st.markdown(
        f"Flowsheet will **{both_verbs.to_do(counts)}** in **{plain(matched.collection.display_name)}** on "
        f"**{plain(matched.site.display_name)}**."
    )
    fields = planned.fields.items()
    names = [f"{plain(matched.collection.field(slug).display_name)} ({number:,})" for slug, number in fields]
    left = counts[RowStatus.LEFT_OUT] + counts[RowStatus.WITH_ERRORS] - len(planned.before.tried)
    label = "Fields that are filled or change" if planned.new_rows else "Fields that change"
    lines = [f"{label}: {', '.join(names) or 'the status only'}"]
    if planned.before.tried:
        lines.append("1 item was sent before, to try it")
    if left:
        lines.append(f"{count(left, 'row', 'rows')} of the file {'is' if left == 1 else 'are'} left out")
    lines.append(cost.of(planned, state.way_in, read_back=state.journey.read_back).removesuffix("."))
    st.markdown("\n".join(f"- {line}" for line in lines))
    _promises(planned)


def _promises(planned: Planned) -> None:
    if Risk.LIVE in planned.risks:
        st.warning("Visitors see these changes at once.", icon=":material/visibility:")
    else:
        st.markdown("Visitors see nothing until you publish.")
    if planned.new_rows:
        st.markdown(_about_new(planned))
    st.markdown("  \n".join(f":material/check: {promise}" for promise in PROMISES))
    st.markdown("Items that somebody changes in Webflow before they are sent are held back, for you to decide.")


def _about_new(planned: Planned) -> str:
    """Who sees new items when, and how they are taken back."""
    created = [planned.by_row[row] for row in planned.new_rows]
    drafts = sum(bool(change.is_draft) for change in created)
    told = []
    if drafts:
        told.append(
            f"{count(drafts, 'new item', 'new items')} {'waits as a draft' if drafts == 1 else 'wait as drafts'}"
        )
    if ready := len(created) - drafts:
        goes = "goes out" if ready == 1 else "go out"
        told.append(f"{count(ready, 'new item', 'new items')} {goes} with the next publishing, and not before")
    return f"{'; '.join(told)}. Undoing the run archives what it created."
