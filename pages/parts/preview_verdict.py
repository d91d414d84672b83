"""The plan in one sentence, and what of it is worth a look first, each with the way to see it."""

import streamlit as st

from lib.model.effect import Risk
from lib.reports.files import csv_bytes
from lib.words.say import count
from lib.workflow.item_cards import STATUS
from lib.workflow.planning import Planned
from pages.parts import preview_look
from pages.shared import both_verbs, folded, tables

NOUNS = {
    Risk.MOVED: "page",
    Risk.ERASED: "value",
    Risk.SHRUNK: "text",
    Risk.IMPORTED: "image or file",
    Risk.LIVE: "item",
}
PLURALS = {Risk.IMPORTED: "images or files"}
WORDS = {
    Risk.MOVED: "would get a new address. Links to the old one break; Webflow sets no redirects.",
    Risk.ERASED: "would be erased: there is something in Webflow, and nothing would be left of it.",
    Risk.SHRUNK: "would shrink a lot: to less than half, and by more than 100 characters.",
    Risk.IMPORTED: "would be imported again, for a new alt text too: Webflow fetches what is at the address, in place "
    "of what it has.",
    Risk.LIVE: "would change for visitors at once, not after the next publish.",
}
ICONS = {
    Risk.MOVED: ":material/link_off:",
    Risk.ERASED: ":material/ink_eraser:",
    Risk.SHRUNK: ":material/compress:",
    Risk.IMPORTED: ":material/image:",
    Risk.LIVE: ":material/visibility:",
}
NOTHING = (
    "No page moves, nothing is erased, no text shrinks a lot, no image is imported again, and visitors see nothing "
    "before the next publish."
)


def draw(planned: Planned, *, is_sent: bool) -> None:
    """The sentence, and the risks that there are."""
    risks = planned.risks
    first = f" {count(len(risks), 'thing', 'things')} to look at first." if risks and not is_sent else ""
    st.header(f"{_size(planned, is_sent)}.{first}", anchor=False)
    if planned.new_rows and not is_sent:
        _new(planned)
    if not risks:
        st.caption(NOTHING)
        return
    with st.container(border=True, key="risks"):
        for risk, number in risks.items():
            _risk(risk, number)
            if risk is Risk.MOVED:
                _addresses(planned)


def _size(planned: Planned, is_sent: bool) -> str:
    """`312 items will be updated and 18 created: 5 fields, 1,204 cells`."""
    items, cells = len(planned.plan.changes), sum(planned.fields.values())
    parts = [count(len(planned.fields), "field", "fields"), count(cells, "cell", "cells")] if cells else []
    flags = int(((planned.changes["slug"] == STATUS) & ~planned.changes["row"].isin(planned.new_rows)).sum())
    parts += [count(flags, "status", "statuses")] if flags else []
    will = "will" if not is_sent else "was to" if items == 1 else "were to"
    what = f": {', '.join(parts)}" if parts else ""
    return f"{both_verbs.passive(planned.counts, will)}{what}"


def _new(planned: Planned) -> None:
    """What new items come as, and the way to see them."""
    items = count(len(planned.new_rows), "new item", "new items")
    drafts = sum(bool(planned.by_row[row].is_draft) for row in planned.new_rows)
    states = {"as drafts": drafts, "ready to publish": len(planned.new_rows) - drafts}
    is_mixed = all(states.values())
    told = " and ".join(f"{number:,} {state}" if is_mixed else state for state, number in states.items() if number)
    live = " They are not published at once with the others." if planned.choices.live else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/add_circle: **{items}**, {told}.{live}", width="stretch")
        st.button(f"Show {items}", key="show_new", on_click=preview_look.at_new_items)


def _risk(risk: Risk, number: int) -> None:
    """One risk with its number, and the button that shows just these changes below."""
    what = count(number, NOUNS[risk], PLURALS.get(risk, ""))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{ICONS[risk]} **{what}** {WORDS[risk]}", width="stretch")
        if preview_look.is_at(risk):
            st.markdown(f"[Shown below](#{preview_look.ANCHOR})", width="content")
        st.button(f"Show {what}", key=f"show_{risk}", on_click=preview_look.at, args=(risk,))


def _addresses(planned: Planned) -> None:
    """Pages that move, with a list for redirects."""
    moved = planned.moved

    def draw() -> None:
        tables.grid(moved, alt="Pages with a new address", key="addresses")
        name = f"{planned.matched.collection.slug}-redirects.csv"
        paths = moved[["Old path", "New path"]]
        tables.download("Redirect list (CSV)", lambda: csv_bytes(paths), name, key="redirects")

    folded.part("Old and new addresses", draw, key="moved")
