"""Problems by what mends them, the largest first: what helps with one click, and what can be done value by value."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from lib.model.edits import Edit
from lib.model.problem import Severity
from lib.stages.damage import Decision
from lib.stages.mending.groups import Group
from lib.stages.mending.repeats import Keep
from lib.words.say import count, later, say
from lib.workflow import mending
from lib.workflow.checking import MOST_OFFERED as SHOWN
from lib.workflow.checking import Checked
from pages.parts import check_repeats, check_values
from pages.shared import editing, folded
from pages.shared.plain import excerpt, plain
from pages.shared.visit import Visit

EXAMPLES = 3
KEEP = {
    Keep.FIRST: later("Keep the first row of each item"),
    Keep.LAST: later("Keep the last row of each item"),
    Keep.FULLEST: later("Keep the fullest row of each item"),
}


def draw(state: Visit, checked: Checked) -> None:
    """Errors, then warnings behind a fold."""
    errors = [group for group in checked.groups if group.severity is Severity.ERROR]
    warnings = [group for group in checked.groups if group.severity is Severity.WARNING]
    for group in errors[:SHOWN]:
        _card(state, checked, group)
    if errors[SHOWN:]:
        label = say("{kinds} of errors", kinds=count(len(errors) - SHOWN, "more kind", "more kinds"))
        folded.part(label, lambda: _cards(state, checked, errors[SHOWN:]), key="part_errors")
    if warnings:
        kinds = count(len(warnings), "kind", "kinds")
        label = say("{kinds} of warnings: these rows are sent as they are", kinds=kinds)
        folded.part(label, lambda: _cards(state, checked, warnings), key="part_warnings", icon=":material/warning:")


def _cards(state: Visit, checked: Checked, groups: list[Group]) -> None:
    for group in groups:
        _card(state, checked, group)


def _card(state: Visit, checked: Checked, group: Group) -> None:
    """One group: what is wrong, what was found, and what can be done."""
    key = f"{group.severity}-{group.column}-{group.kind}"
    where = f"**{plain(group.column)}** · " if group.column else ""
    rows = count(len(group.rows), "row", "rows")
    with st.container(border=True, key=f"card-{key}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{where}{say(group.kind)} · {rows}", width="stretch")
            _ways_out(state, checked, group, key)
        st.text(_told(group))
        _mends(state, checked, group, key)
        if checked.is_repeated(group):
            label = say(
                "Choose for each item ({items})", items=count(len(checked.before.found.repeated), "item", "items")
            )
            folded.part(label, lambda: check_repeats.draw(state, checked, key), key=f"part_repeats-{key}")
        if group.column and checked.may_settle(group):
            label = say("Decide value by value ({values})", values=count(len(group.values), "value", "values"))
            folded.part(label, lambda: check_values.draw(state, checked, group, key), key=f"part_{key}")


def _told(group: Group) -> str:
    """What was expected and found, or what to do where nothing else is right."""
    if not group.expected:
        return group.fix
    return say("Expected: {expected}\nFound: {found}", expected=group.expected, found=_examples(group))


def _examples(group: Group) -> str:
    texts = [excerpt(str(text)) for text in group.values.index[:EXAMPLES]]
    more, values = len(group.values) - len(texts), ", ".join(texts)
    return (
        say("{values} and {more}", values=values, more=count(more, "other value", "other values")) if more else values
    )


def _mends(state: Visit, checked: Checked, group: Group, key: str) -> None:
    """What helps with one click, each with what it does to the person's own texts."""
    for number, offer in enumerate(checked.offers(group)):
        with st.container(horizontal=True, vertical_alignment="center"):
            cells = count(len(offer.texts), "cell", "cells")
            label = say("{what} in {cells}", what=say(offer.title), cells=cells)
            mend = partial(mending.mended, group, offer)
            _button(state, label, mend, key=f"mend-{number}-{key}", icon=":material/auto_fix_high:")
            st.text(" · ".join(f"{excerpt(before)} → {excerpt(after)}" for before, after in offer.examples))
    decision = _damage(checked, group)
    if decision and st.button(
        say("Use the file's text all the same for {cells}", cells=count(decision.cells, "cell", "cells")),
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
            _button(state, say(label), keep_one, key=f"{keep}-{key}")
    if kept := _kept(checked, group):
        _button(state, kept, partial(mending.kept, group), key=f"keep-{key}")
    label = say("Leave out {rows}", rows=count(len(group.rows), "row", "rows"))
    _button(state, label, partial(mending.left_out, group), key=f"out-{key}")


def _kept(checked: Checked, group: Group) -> str:
    """What the button says that sends nothing of these cells; "" where that is no way out: a new item has no value
    to keep, and cannot do without a required one."""
    match, cells = checked.match_of(group), count(len(group.rows), "cell", "cells")
    is_new = {item.row for item in checked.values.new}.issuperset(group.rows)
    if match is None or (is_new and checked.before.collection.field(match.field_slug or "").is_required):
        return ""
    return say("Leave {cells} empty", cells=cells) if is_new else say("Leave {cells} as in Webflow", cells=cells)


def _button(state: Visit, label: str, make: Callable[[], Edit], *, key: str, icon: str | None = None) -> None:
    """The edit is made when the button is pressed: of many rows it costs more than a rerun should."""
    st.button(label, key=key, icon=icon, on_click=lambda: editing.then(state, make()))


def _damage(checked: Checked, group: Group) -> Decision | None:
    """The decision about damaged cells that this group stands for."""
    asked = (one for one in checked.damages if not one.accepted)
    return next((one for one in asked if (one.column, one.kind) == (group.column, group.kind)), None)
