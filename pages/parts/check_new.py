"""Rows without an item: left out, or each creates a new one, as somebody chooses here."""

import pandas as pd
import streamlit as st

from lib.model.item import Item
from lib.model.new_item import NewItem, WhyNot
from lib.model.problem import Cause
from lib.words.say import count, later, say, say_many
from lib.workflow.checking import Checked
from lib.workflow.matching import Matched
from pages.shared import folded, new_words, tables
from pages.shared.visit import Visit

MOST_OPEN = 10  # more of them push the problems off the screen
CANNOT = {
    WhyNot.LANGUAGE: later(
        "{rows} cannot create an item: new items begin in the site's primary language. With an Item ID, a row can add "
        "its language to an item that is there."
    ),
    WhyNot.ITEM_ID: later(
        "{rows} cannot create an item: no item here has this Item ID. Where it was deleted, empty the cell."
    ),
    WhyNot.BLANK: later("{rows} cannot create an item: the column that finds the items is blank there."),
    WhyNot.NO_COLUMN: later("{rows} without an item cannot create one: no column is matched to the name."),
    WhyNot.NO_NAME: later("{rows} cannot create an item: the name is blank."),
}


def draw(state: Visit, checked: Checked) -> None:
    """The choice with its number, and why other rows have none; nothing where every row found its item."""
    matched = checked.before
    numbers = matched.why_not.value_counts().drop("", errors="ignore")
    reasons = [say(CANNOT[WhyNot(str(why))], rows=count(number, "row", "rows")) for why, number in numbers.items()]
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
    told = say_many(
        len(able),
        "It is left out, unless you let it create {items}.",
        "They are left out, unless you let them create {items}.",
        items=new_words.named(able),
    )
    label = say("Create {items}", items=new_words.counted(able))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{_lacking(able)}** {told}", width="stretch")
        _choose(state, label, True, key="create_new", icon=":material/add_circle:")
    folded.part(say("What would be created"), lambda: _table(matched, able, {}), key="part_new")


def _lacking(able: tuple[NewItem, ...]) -> str:
    """What the rows are without."""
    new, variants = new_words.numbers(able)
    told = []
    if new:
        told.append(say_many(new, "{number:,} row has no item yet.", "{number:,} rows have no item yet."))
    if variants:
        told.append(
            say_many(
                variants,
                "{number:,} row has an item that lacks the language.",
                "{number:,} rows have an item that lacks the language.",
            )
        )
    return " ".join(told)


def _chosen(state: Visit, checked: Checked) -> None:
    """What will be created, and the way back."""
    wrong, alike = set(checked.values.error_rows), _alike(checked)
    able = tuple(item for item in checked.values.new if item.row not in wrong)
    told = _told_of(able, len(checked.values.new) - len(able))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/{'add_circle' if able else 'warning'}: {told}", width="stretch")
        _choose(state, say("Leave them out instead"), False, key="leave_new", icon=":material/undo:")
    if alike:
        st.markdown(
            say_many(
                len(alike),
                ":material/warning: {number:,} of them is close to an item that exists: look whether a new one is "
                "meant.",
                ":material/warning: {number:,} of them are close to items that exist: look whether a new one is meant.",
            )
        )
    if able:
        label, is_open = say("The new items"), len(able) <= MOST_OPEN
        folded.part(label, lambda: _table(checked.before, able, alike), key="part_new_items", is_open=is_open)


def _told_of(able: tuple[NewItem, ...], wrong: int) -> str:
    """What rows create, and how many have errors and create none."""
    told = []
    if able:
        number, what = len(able), new_words.named(able)
        told.append(
            say_many(number, "**{number:,} row creates {items}.**", "**{number:,} rows create {items}.**", items=what)
        )
    if wrong and able:
        told.append(
            say_many(
                wrong,
                "{number:,} more row has an error, and creates none.",
                "{number:,} more rows have errors, and create none.",
            )
        )
    elif wrong:
        told.append(
            say_many(
                wrong, "{number:,} row has an error, and creates none.", "{number:,} rows have errors, and create none."
            )
        )
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
            say("Row"): [item.row for item in able],
            say("Name"): [item.name for item in able],
            say("Page address"): [item.slug for item in able],
            say("Made from"): [_made_from(item, begun.get(item.variant_of)) for item in able],
        }
    )
    if any(item.variant_of for item in able):
        languages = {one.cms_locale_id: one.display_name for one in matched.languages.known}
        table[say("Language")] = [languages.get(item.cms_locale_id or "", "") for item in able]
        table[say("Translation of")] = [begun[item.variant_of].name if item.variant_of else "" for item in able]
    if alike:
        table[say("Worth a look")] = [alike.get(item.row, "") for item in able]
    tables.grid(table, alt=say("New items, one a row"), key="new_items_table")


def _made_from(new: NewItem, origin: Item | None) -> str:
    """Where its page address comes from."""
    if not new.is_made:
        return say("your file")
    return say("the item it translates") if origin and origin.slug == new.slug else say("its name")


def _told(reasons: list[str]) -> None:
    for reason in reasons:
        st.caption(f":material/info: {reason}")
