"""Rows without an item: left out, or each creates a new one, as somebody chooses here."""

import pandas as pd
import streamlit as st

from lib.model.item import Item
from lib.model.new_item import NewItem, WhyNot
from lib.model.problem import Cause
from lib.words.say import count
from lib.workflow.checking import Checked
from lib.workflow.matching import Matched
from pages.shared import folded, new_words, tables
from pages.shared.visit import Visit

MOST_OPEN = 10  # more of them push the problems off the screen
CANNOT = {
    WhyNot.LANGUAGE: "{} cannot create an item: new items begin in the site's primary language. With an Item ID, a row "
    "can add its language to an item that is there.",
    WhyNot.ITEM_ID: "{} cannot create an item: no item here has this Item ID. Where it was deleted, empty the cell.",
    WhyNot.BLANK: "{} cannot create an item: the column that finds the items is blank there.",
    WhyNot.NO_COLUMN: "{} without an item cannot create one: no column is matched to the name.",
    WhyNot.NO_NAME: "{} cannot create an item: the name is blank.",
}


def draw(state: Visit, checked: Checked) -> None:
    """The choice with its number, and why other rows have none; nothing where every row found its item."""
    matched = checked.before
    numbers = matched.why_not.value_counts().drop("", errors="ignore")
    reasons = [CANNOT[WhyNot(str(why))].format(count(number, "row", "rows")) for why, number in numbers.items()]
    if matched.creatable:
        with st.container(border=True, key="card-new"):
            if matched.creates:
                _chosen(state, checked)
            else:
                _asked(state, matched)
            _told(reasons)
    else:
        _told(reasons)


def _asked(state: Visit, matched: Matched) -> None:
    """What is left out so far, and the button that creates it instead."""
    able = matched.creatable
    is_one = len(able) == 1
    told = f"{'It is' if is_one else 'They are'} left out, unless you let {'it' if is_one else 'them'} create "
    told += f"{new_words.named(able)}."
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_lacking(able)}** {told}", width="stretch")
        _choose(state, f"Create {new_words.counted(able)}", True, key="create_new", icon=":material/add_circle:")
    folded.part("What would be created", lambda: _table(matched, able, {}), key="part_new")


def _lacking(able: tuple[NewItem, ...]) -> str:
    """What the rows are without."""
    new, variants = new_words.numbers(able)
    told = [f"{count(new, 'row', 'rows')} {'has' if new == 1 else 'have'} no item yet."] if new else []
    if variants:
        told.append(
            f"{count(variants, 'row', 'rows')} {'has' if variants == 1 else 'have'} an item that lacks the language."
        )
    return " ".join(told)


def _chosen(state: Visit, checked: Checked) -> None:
    """What will be created, and the way back."""
    wrong, alike = set(checked.values.error_rows), _alike(checked)
    able = tuple(item for item in checked.values.new if item.row not in wrong)
    told = _told_of(able, len(checked.values.new) - len(able))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/{'add_circle' if able else 'warning'}: {told}", width="stretch")
        _choose(state, "Leave them out instead", False, key="leave_new", icon=":material/undo:")
    if alike:
        is_one = len(alike) == 1
        st.markdown(
            f":material/warning: {len(alike):,} of them {'is' if is_one else 'are'} close to "
            f"{'an item that exists' if is_one else 'items that exist'}: look whether a new one is meant."
        )
    if able:
        is_open = len(able) <= MOST_OPEN
        folded.part("The new items", lambda: _table(checked.before, able, alike), key="part_new_items", is_open=is_open)


def _told_of(able: tuple[NewItem, ...], wrong: int) -> str:
    """What rows create, and how many have errors and create none."""
    told = (
        [f"**{count(len(able), 'row', 'rows')} {'creates' if len(able) == 1 else 'create'} {new_words.named(able)}.**"]
        if able
        else []
    )
    if wrong:
        rows = count(wrong, *(("more row", "more rows") if able else ("row", "rows")))
        told.append(f"{rows} {'has an error, and creates' if wrong == 1 else 'have errors, and create'} none.")
    return " ".join(told)


def _choose(state: Visit, label: str, creates: bool, *, key: str, icon: str) -> None:
    st.button(label, key=key, icon=icon, on_click=lambda: state.keep(state.journey.create_new(creates)))


def _alike(checked: Checked) -> dict[int, str]:
    """The rows of new items that may mean one that is there, with the words about it."""
    found = [problem for problem in checked.values.problems if problem.cause is Cause.ALMOST_NAMED]
    return {row: fix for problem in found for row, fix in zip(problem.rows, problem.fix, strict=True)}


def _table(matched: Matched, able: tuple[NewItem, ...], alike: dict[int, str]) -> None:
    primary = matched.found.in_language(matched.languages.primary)
    begun = {item.variant_of: matched.live.items[primary[item.variant_of.lower()]] for item in able if item.variant_of}
    table = pd.DataFrame(
        {
            "Row": [item.row for item in able],
            "Name": [item.name for item in able],
            "Page address": [item.slug for item in able],
            "Made from": [_made_from(item, begun.get(item.variant_of)) for item in able],
        }
    )
    if any(item.variant_of for item in able):
        languages = {one.cms_locale_id: one.display_name for one in matched.languages.known}
        table["Language"] = [languages.get(item.cms_locale_id or "", "") for item in able]
        table["Translation of"] = [begun[item.variant_of].name if item.variant_of else "" for item in able]
    if alike:
        table["Worth a look"] = [alike.get(item.row, "") for item in able]
    tables.grid(table, alt="New items, one a row", key="new_items_table")


def _made_from(new: NewItem, origin: Item | None) -> str:
    """Where its page address comes from."""
    if not new.is_made:
        return "your file"
    return "the item it translates" if origin and origin.slug == new.slug else "its name"


def _told(reasons: list[str]) -> None:
    for reason in reasons:
        st.caption(f":material/info: {reason}")
