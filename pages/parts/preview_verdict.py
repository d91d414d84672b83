"""The plan in one sentence, and what of it is worth a look first, each with the way to see it."""

import streamlit as st

from lib.model.effect import Risk
from lib.reports.files import csv_bytes
from lib.words.say import count, later, say, say_many
from lib.workflow.item_cards import STATUS
from lib.workflow.planning import Planned
from pages.parts import preview_look
from pages.shared import both_verbs, folded, tables

WORDS = {
    Risk.MOVED: later("**{what}** would get a new address. Links to the old one break; Webflow sets no redirects."),
    Risk.ERASED: later("**{what}** would be erased: there is something in Webflow, and nothing would be left of it."),
    Risk.SHRUNK: later("**{what}** would shrink a lot: to less than half, and by more than 100 characters."),
    Risk.IMPORTED: later(
        "**{what}** would be imported again, for a new alt text too: Webflow fetches what is at the address, in place "
        "of what it has."
    ),
    Risk.ARCHIVED: later("**{what}** would be archived: visitors see nothing of it after the next publish."),
    Risk.LIVE: later("**{what}** would change for visitors at once, not after the next publish."),
}
ICONS = {
    Risk.MOVED: ":material/link_off:",
    Risk.ERASED: ":material/ink_eraser:",
    Risk.SHRUNK: ":material/compress:",
    Risk.IMPORTED: ":material/image:",
    Risk.ARCHIVED: ":material/archive:",
    Risk.LIVE: ":material/visibility:",
}
NOTHING = later(
    "No page moves, nothing is erased or archived, no text shrinks a lot, no image is imported again, and visitors see "
    "nothing before the next publish."
)


def draw(planned: Planned, *, is_sent: bool) -> None:
    """The sentence, and the risks that there are."""
    risks = planned.risks
    told = f"{_size(planned, is_sent)}."
    if risks and not is_sent:
        first = say_many(len(risks), "{number:,} thing to look at first.", "{number:,} things to look at first.")
        told = f"{told} {first}"
    st.header(told, anchor=False)
    if planned.new_rows and not is_sent:
        _new(planned)
    if not risks:
        st.caption(say(NOTHING))
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
    told = _drafts_and_ready(planned)
    if planned.choices.live:
        told = " ".join((told, say("They are not published at once with the others.")))
    label = say_many(len(planned.new_rows), "Show {number:,} new item", "Show {number:,} new items")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/add_circle: {told}", width="stretch")
        st.button(label, key="show_new", on_click=preview_look.at_new_items)


def _drafts_and_ready(planned: Planned) -> str:
    items = count(len(planned.new_rows), "new item", "new items")
    drafts = sum(bool(planned.by_row[row].is_draft) for row in planned.new_rows)
    ready = len(planned.new_rows) - drafts
    if drafts and ready:
        told = later("**{items}**, {drafts:,} as drafts and {ready:,} ready to publish.")
        return say(told, items=items, drafts=drafts, ready=ready)
    return say("**{items}**, as drafts.", items=items) if drafts else say("**{items}**, ready to publish.", items=items)


def _risk(risk: Risk, number: int) -> None:
    """One risk with its number, and the button that shows just these changes below."""
    what = _what(risk, number)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{ICONS[risk]} {say(WORDS[risk], what=what)}", width="stretch")
        if preview_look.is_at(risk):
            words = say("Shown below")
            st.markdown(f"[{words}](#{preview_look.ANCHOR})", width="content")
        st.button(say("Show {found}", found=what), key=f"show_{risk}", on_click=preview_look.at, args=(risk,))


def _what(risk: Risk, number: int) -> str:
    """How many of what have it."""
    if risk is Risk.MOVED:
        return count(number, "page", "pages")
    if risk is Risk.ERASED:
        return count(number, "value", "values")
    if risk is Risk.SHRUNK:
        return count(number, "text", "texts")
    if risk is Risk.IMPORTED:
        return count(number, "image or file", "images or files")
    return count(number, "item", "items")


def _addresses(planned: Planned) -> None:
    """Pages that move, with a list for redirects."""
    moved = planned.moved

    def draw() -> None:
        shown = moved.set_axis([say(name) for name in moved.columns], axis=1)
        tables.grid(shown, alt=say("Pages with a new address"), key="addresses")
        name = f"{planned.matched.collection.slug}-redirects.csv"
        paths = moved[["Old path", "New path"]]
        tables.download(say("Redirect list (CSV)"), lambda: csv_bytes(paths), name, key="redirects")

    folded.part(say("Old and new addresses"), draw, key="moved")
