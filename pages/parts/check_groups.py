"""Problems by what mends them, the largest first: what helps with one click, and what can be done value by value."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from lib.model.edits import Edit
from lib.model.problem import Severity
from lib.stages.damage import Decision
from lib.stages.mending.groups import Group
from lib.stages.mending.repeats import Keep
from lib.words.say import count
from lib.workflow import mending
from lib.workflow.checking import MOST_OFFERED as SHOWN
from lib.workflow.checking import Checked
from pages.parts import check_values
from pages.shared import editing, folded
from pages.shared.plain import excerpt, plain
from pages.shared.visit import Visit

EXAMPLES = 3
KEEP = {Keep.FIRST: "Keep the first row", Keep.LAST: "Keep the last row", Keep.FULLEST: "Keep the fullest row"}


def draw(state: Visit, checked: Checked) -> None:
    """Errors, then warnings behind a fold."""
    errors = [group for group in checked.groups if group.severity is Severity.ERROR]
    warnings = [group for group in checked.groups if group.severity is Severity.WARNING]
    for group in errors[:SHOWN]:
        _card(state, checked, group)
    if errors[SHOWN:]:
        label = f"{count(len(errors) - SHOWN, 'more kind', 'more kinds')} of errors"
        folded.part(label, lambda: _cards(state, checked, errors[SHOWN:]), key="part_errors")
    if warnings:
        label = f"{count(len(warnings), 'kind', 'kinds')} of warnings: these rows are sent as they are"
        folded.part(label, lambda: _cards(state, checked, warnings), key="part_warnings", icon=":material/warning:")


def _cards(state: Visit, checked: Checked, groups: list[Group]) -> None:
    for group in groups:
        _card(state, checked, group)


def _card(state: Visit, checked: Checked, group: Group) -> None:
    """One group: what is wrong, what was found, and what can be done."""
    key = f"{group.severity}-{group.column}-{group.kind}"
    where = f"**{plain(group.column)}** · " if group.column else ""
    with st.container(border=True, key=f"card-{key}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{where}{group.kind} · {count(len(group.rows), 'row', 'rows')}", width="stretch")
            _ways_out(state, checked, group, key)
        st.text(f"Expected: {group.expected}\nFound: {_examples(group)}" if group.expected else group.fix)
        _mends(state, checked, group, key)
        if group.column and checked.may_settle(group):
            label = f"Decide value by value ({count(len(group.values), 'value', 'values')})"
            folded.part(label, lambda: check_values.draw(state, checked, group, key), key=f"part_{key}")


def _examples(group: Group) -> str:
    texts = [excerpt(str(text)) for text in group.values.index[:EXAMPLES]]
    more = len(group.values) - len(texts)
    return ", ".join(texts) + (f" and {count(more, 'other value', 'other values')}" if more else "")


def _mends(state: Visit, checked: Checked, group: Group, key: str) -> None:
    """What helps with one click, each with what it does to the person's own texts."""
    for number, offer in enumerate(checked.offers(group)):
        with st.container(horizontal=True, vertical_alignment="center"):
            label = f"{offer.title} in {count(len(offer.texts), 'cell', 'cells')}"
            mend = partial(mending.mended, group, offer)
            _button(state, label, mend, key=f"mend-{number}-{key}", icon=":material/auto_fix_high:")
            st.text(" · ".join(f"{excerpt(before)} → {excerpt(after)}" for before, after in offer.examples))
    decision = _damage(checked, group)
    if decision and st.button(
        f"Use the file's text all the same for {count(decision.cells, 'cell', 'cells')}",
        key=f"damage-{key}",
        icon=":material/check:",
    ):
        state.keep(state.journey.accept(decision))
        st.rerun()


def _ways_out(state: Visit, checked: Checked, group: Group, key: str) -> None:
    """What always helps: one row of each item is kept, the item keeps its value, or the rows are left out."""
    if checked.is_repeated(group):
        for keep, label in KEEP.items():
            keep_one = partial(mending.one_kept, checked.before.found, checked.before.sheet.frame, keep)
            _button(state, f"{label} of each item", keep_one, key=f"{keep}-{key}")
    if kept := _kept(checked, group):
        _button(state, kept, partial(mending.kept, group), key=f"keep-{key}")
    _button(
        state, f"Leave out {count(len(group.rows), 'row', 'rows')}", partial(mending.left_out, group), key=f"out-{key}"
    )


def _kept(checked: Checked, group: Group) -> str:
    """What the button says that sends nothing of these cells; "" where that is no way out: a new item has no value
    to keep, and cannot do without a required one."""
    match, cells = checked.match_of(group), count(len(group.rows), "cell", "cells")
    is_new = {item.row for item in checked.values.new}.issuperset(group.rows)
    if match is None or (is_new and checked.before.collection.field(match.field_slug or "").is_required):
        return ""
    return f"Leave {cells} empty" if is_new else f"Leave {cells} as in Webflow"


def _button(state: Visit, label: str, make: Callable[[], Edit], *, key: str, icon: str | None = None) -> None:
    """The edit is made when the button is pressed: of many rows it costs more than a rerun should."""
    st.button(label, key=key, icon=icon, on_click=lambda: editing.then(state, make()))


def _damage(checked: Checked, group: Group) -> Decision | None:
    """The decision about damaged cells that this group stands for."""
    asked = (one for one in checked.damages if not one.accepted)
    return next((one for one in asked if (one.column, one.kind) == (group.column, group.kind)), None)
