"""What will be sent: items, fields, rows left out, requests; what to rely on, and who will see it when."""

import streamlit as st

from lib.model.effect import Risk
from lib.model.row_status import RowStatus
from lib.words.say import figure, later, say, say_many
from lib.workflow.planning import Planned
from pages.shared import both_verbs, cost
from pages.shared.plain import plain
from pages.shared.visit import Visit

PROMISES = (
    later("Nothing is ever deleted."),
    later("You can undo the run."),
    later("You can close the tab: the run goes on."),
)


def draw(state: Visit, planned: Planned) -> None:
    """The summary and the promises."""
    matched, counts = planned.matched, planned.counts
    st.markdown(
        say(
            "Flowsheet will **{do}** in **{collection}** on **{site}**.",
            do=both_verbs.to_do(counts),
            collection=plain(matched.collection.display_name),
            site=plain(matched.site.display_name),
        )
    )
    fields = planned.fields.items()
    names = [f"{plain(matched.collection.field(slug).display_name)} ({figure(number)})" for slug, number in fields]
    left = counts[RowStatus.LEFT_OUT] + counts[RowStatus.WITH_ERRORS] - len(planned.before.tried)
    what = ", ".join(names) or say("the status only")
    lines = [
        say("Fields that are filled or change: {fields}", fields=what)
        if planned.new_rows
        else say("Fields that change: {fields}", fields=what)
    ]
    if planned.before.tried:
        lines.append(say("1 item was sent before, to try it"))
    if left:
        lines.append(
            say_many(left, "{number:,} row of the file is left out", "{number:,} rows of the file are left out")
        )
    lines.append(cost.of(planned, state.way_in, read_back=state.journey.read_back).removesuffix("."))
    st.markdown("\n".join(f"- {line}" for line in lines))
    _promises(planned)


def understood(planned: Planned) -> bool:
    """Whether the person has ticked that visitors see it at once; asked where they do."""
    label = say("I understand that visitors see these changes at once")
    return Risk.LIVE not in planned.risks or st.checkbox(label, key="sure")


def _promises(planned: Planned) -> None:
    if Risk.LIVE in planned.risks:
        st.warning(say("Visitors see these changes at once."), icon=":material/visibility:")
    else:
        st.markdown(say("Visitors see nothing until you publish."))
    if planned.new_rows:
        st.markdown(_about_new(planned))
    st.markdown("  \n".join(f":material/check: {say(promise)}" for promise in PROMISES))
    st.markdown(say("Items that somebody changes in Webflow before they are sent are held back, for you to decide."))


def _about_new(planned: Planned) -> str:
    """Who sees new items when, and how they are taken back."""
    created = [planned.by_row[row] for row in planned.new_rows]
    drafts = sum(bool(change.is_draft) for change in created)
    told = []
    if drafts:
        told.append(say_many(drafts, "{number:,} new item waits as a draft", "{number:,} new items wait as drafts"))
    if ready := len(created) - drafts:
        told.append(
            say_many(
                ready,
                "{number:,} new item goes out with the next publishing, and not before",
                "{number:,} new items go out with the next publishing, and not before",
            )
        )
    undone = say("Undoing the run archives what it created.")
    return f"{'; '.join(told)}. {undone}"
