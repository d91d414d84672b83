"""What will be sent: items, fields, rows left out, requests; what to rely on, and who will see it when."""

import streamlit as st

from lib.model.row_status import RowStatus
from lib.workflow.planning import Planned
from pages.shared import cost
from pages.shared.plain import count, plain
from pages.shared.visit import Visit

PROMISES = ("Nothing is ever deleted.", "You can undo the run.", "You can close the tab: the run goes on.")


def draw(state: Visit, planned: Planned) -> None:
    """The summary and the promises."""
    matched, counts = planned.matched, planned.counts
    st.markdown(
        f"Flowsheet will update **{count(len(planned.plan.changes), 'item')}** in "
        f"**{plain(matched.collection.display_name)}** on **{plain(matched.site.display_name)}**."
    )
    fields = planned.fields.items()
    names = [f"{plain(matched.collection.field(slug).display_name)} ({number:,})" for slug, number in fields]
    left = counts[RowStatus.LEFT_OUT] + counts[RowStatus.WITH_ERRORS] - len(planned.before.tried)
    lines = [f"Fields that change: {', '.join(names) or 'the status only'}"]
    if planned.before.tried:
        lines.append("1 item was sent before, to try it")
    if left:
        lines.append(f"{count(left, 'row')} of the file {'is' if left == 1 else 'are'} left out")
    batches, items = len(planned.batches), len(planned.plan.changes)
    told = cost.told(batches, items, state.way_in, read_back=state.journey.read_back)
    lines.append(told.removesuffix("."))
    st.markdown("\n".join(f"- {line}" for line in lines))
    _promises(planned)


def _promises(planned: Planned) -> None:
    if planned.choices.live:
        st.warning("Visitors see these changes at once.", icon=":material/visibility:")
    else:
        st.markdown("Visitors see nothing until you publish.")
    st.markdown("  \n".join(f":material/check: {promise}" for promise in PROMISES))
    st.markdown("Items that somebody changes in Webflow before they are sent are held back, for you to decide.")
