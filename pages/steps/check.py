"""Show every problem with its address, and decide what happens to the rows that have one."""

import streamlit as st

from lib.words.say import count, say
from lib.workflow import live_items
from lib.workflow.background import Progress
from lib.workflow.checking import Checked
from lib.workflow.journey import Journey
from lib.workflow.matching import Matched
from pages.parts import (
    check_again,
    check_changes,
    check_damaged,
    check_excel,
    check_groups,
    check_new,
    check_policy,
    check_problems,
    check_replace,
    check_rows,
)
from pages.shared import balance, own_drafts, steps, waits
from pages.shared.own_runs import remembered
from pages.shared.plain import plain

state = steps.enter(steps.CHECK)


def cancel() -> None:
    """Back to the columns."""
    own_drafts.leave(state)
    waits.back_to(steps.MATCH.path)()


def check(matched: Matched) -> None:
    """Read every matched value and hold it against the live collection."""
    way_in, journey = state.way_in, state.journey
    what = say("Reading the items that your references point to")
    referred = waits.do(lambda work: live_items.refer(way_in, journey, work.waits, work.tell), cancel, what)
    state.keep(referred)
    known, rows = remembered(way_in, matched.collection), count(matched.sheet.row_count, "row", "rows")
    what = say("Checking {rows}", rows=rows)

    def checked(work: Progress) -> Journey:
        def tell(done: int, total: int, column: str) -> None:
            name = plain(column)
            words = say("Checking column {number} of {total}: {column}", number=done + 1, total=total, column=name)
            work.tell(done, total, words)

        work.tell(0, 1, what)
        found = referred.check(known, tell)
        found.at(Checked).get_ready()
        return found

    state.keep(waits.do(checked, cancel, what))


st.title(say("Do all values fit?"))
if state.journey.reached(Checked) is None:
    check(state.journey.at(Matched))
own_drafts.onward(state, steps.CHECK)
checked = state.journey.at(Checked)
balance.tiles(checked.figures)
check_problems.all_is_well(checked)
check_new.draw(state, checked)
check_changes.draw(state)
check_damaged.draw(state, checked)
check_again.draw(state, checked)
check_groups.draw(state, checked)
check_rows.draw(state, checked)
check_replace.draw(state, checked)
check_excel.draw(state, checked)
check_problems.draw(checked)
check_policy.decide(state, checked)
