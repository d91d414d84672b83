"""The plan item by item, a few at a time: its name, then its changed fields, now beside after."""

import pandas as pd
import streamlit as st

from lib.model.effect import Effect, Risk
from lib.model.piece import Mark
from lib.words.say import count, later, say
from lib.workflow.item_cards import Card, ChangedField, cards, rows_of
from lib.workflow.planning import Planned
from pages.parts import preview_left_out, preview_pictures
from pages.shared import folded, marked
from pages.shared.plain import plain
from pages.shared.visit import Visit

ITEMS_A_PAGE = 10
WORDS = {
    Risk.MOVED: later("the page moves"),
    Risk.ERASED: later("erased"),
    Risk.SHRUNK: later("shrinks a lot"),
    Risk.IMPORTED: later("imported again"),
    Risk.ARCHIVED: later("taken off the site"),
}
STYLE = (
    "<style>dl.changes,dl.changes>dt,dl.changes>dd{margin:0;padding:0}"
    "dl.changes>dt{font-size:.875em;opacity:.75}"
    "dl.changes>dd{margin-bottom:.6em;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate}"
    ".changes del{background:color-mix(in srgb,#d1493f 22%,transparent)}"
    ".changes ins{background:color-mix(in srgb,#2e9e6b 22%,transparent)}</style>"
)
SAME_WORDS = later("The words stay; what changes is their HTML: formatting, links, images.")
SAME = later("What is read here stays the same.")


def draw(state: Visit, planned: Planned, lines: pd.DataFrame, *, by_size: bool) -> None:
    """One page of the items that these lines of the table of changes are about."""
    rows = rows_of(planned, lines, by_size=by_size)
    pages = -(-len(rows) // ITEMS_A_PAGE)
    if st.session_state.get("item_page", 1) > pages:  # fewer are looked at now
        st.session_state["item_page"] = 1
    place = st.container()
    page = st.pagination(pages, key="item_page") if pages > 1 else 1
    first = ITEMS_A_PAGE * (page - 1)
    with place:
        last = min(first + ITEMS_A_PAGE, len(rows))
        st.caption(say("Items {first:,} to {last:,} of {total:,}", first=first + 1, last=last, total=len(rows)))
        for card in cards(planned, lines, rows[first : first + ITEMS_A_PAGE]):
            _card(state, planned, card)


def _card(state: Visit, planned: Planned, card: Card) -> None:
    with st.container(border=True, key=f"item-{card.row}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            name = plain(card.item) or say("An item without a name")
            st.markdown(f"**{name}**", width="stretch")
            if card.is_new:
                label = say("Translation") if planned.by_row[card.row].is_variant else say("New item")
                st.badge(label, icon=":material/add_circle:", color="green")
            if card.language:
                st.caption(plain(card.language), width="content")
            st.caption(say("Row {row}", row=card.row), width="content")
            if state.run_id is None:
                label = say("Leave out this item")
                preview_left_out.leave_out(state, planned, [card.row], label, key=f"out-{card.row}")
        st.html(f'{STYLE}<dl class="changes">{"".join(_field(one, card) for one in card.fields)}</dl>')
        if card.unseen:
            st.caption(_unseen(card))
        seen = [one for one in card.fields if any(one.pictures)]
        if seen:
            folded.part(
                say("Pictures"),
                lambda: preview_pictures.draw(seen, is_new=card.is_new),
                key=f"pictures-{card.row}",
                icon=":material/image:",
            )
        rich = [one for one in card.fields if one.html]
        if rich:
            folded.part("HTML", lambda: _html(rich, card), key=f"html-{card.row}", icon=":material/code:")


def _unseen(card: Card) -> str:
    """How much of an item there was no room for."""
    if card.is_new:
        values = count(card.unseen, "other value", "other values")
        return say("{values} of this item not shown", values=values)
    return say("{changes} of this item not shown", changes=count(card.unseen, "other change", "other changes"))


def _field(one: ChangedField, card: Card) -> str:
    """The name of a field and what becomes of it; a new item has nothing to compare with."""
    if card.is_new:
        return f"<dt>{marked.plain(one.name)}</dt><dd>{marked.alone(one.pieces, one.colors[1])}</dd>"
    note = say(WORDS[one.risk]) if one.risk else say("new") if one.effect is Effect.NEW else ""
    name = f"{one.name} · {note}" if note else one.name
    return f"<dt>{marked.plain(name)}</dt><dd>{_values(one)}</dd>"


def _values(one: ChangedField) -> str:
    if all(piece.mark in (Mark.SAME, Mark.CUT) for piece in one.pieces):
        return f"<em>{say(SAME_WORDS if one.html else SAME)}</em>"
    return marked.compared(one.pieces, one.colors)


def _html(fields: list[ChangedField], card: Card) -> None:
    """Rich text as it is stored, now and after."""
    for one in fields:
        name = plain(one.name)
        labels = (say("{field}, now", field=name), say("{field}, after", field=name))
        sides = list(zip(labels, one.html or (), strict=True))
        for label, text in sides[1:] if card.is_new else sides:
            st.caption(label)
            st.code(text or say("(empty)"), language=None, wrap_lines=True)
