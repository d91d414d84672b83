"""What came out of a run later, told on its own page."""

import streamlit as st

from lib.model.run import Run, RunKind, RunState
from lib.reports.follow_ups import FollowUps
from lib.reports.run_report import RunReport
from pages.shared import steps
from pages.shared.plain import count
from pages.shared.run_words import KINDS
from pages.shared.times import moment

AFTER_PUBLISHING = "These items were stored as staged content; visitors see them after the next publish."


def draw(report: RunReport, later: FollowUps) -> None:
    """Where the changes are now, and each later run with the way to it."""
    _where(report, later)
    for run in later.runs:
        with st.container(horizontal=True, vertical_alignment="center", key=f"later_{run.id}"):
            st.markdown(_sentence(report.run, run), width="content")
            if st.button("Open that run", key=f"open_{run.id}", type="tertiary", icon=":material/arrow_forward:"):
                st.switch_page(steps.RESULTS.path, query_params={"run": run.id})


def _where(report: RunReport, later: FollowUps) -> None:
    if not report.run.updated or later.is_undone:
        return
    if report.run.kind is RunKind.PUBLISH or report.order.choices.live or later.is_published:
        st.markdown(":material/visibility: Visitors see these items now.")
    else:
        st.markdown(f":material/publish: {AFTER_PUBLISHING}")


def _sentence(parent: Run, run: Run) -> str:
    name = f"{KINDS[run.kind]} of this run"
    if run.is_idle:
        return f"{name} was interrupted at {run.done:,} of {count(run.change_count, 'item')}."
    if run.is_live:
        return f"{name} is going on: {run.done:,} of {count(run.change_count, 'item')}."
    early = "" if run.state is RunState.DONE else " It ended early."
    items, when = run.updated, moment(run.created_on)
    if run.kind is RunKind.UNDO:
        return f"This run was undone on {when}: {items:,} of {count(parent.updated, 'item')} brought back.{early}"
    if run.kind is RunKind.PUBLISH:
        return f"{items:,} of these items {'was' if items == 1 else 'were'} published on {when}.{early}"
    return f"A second try on {when} updated {count(items, 'item')}.{early}"
