"""Publish what a run stored: what would go wrong, with numbers and a way, then one button."""

from dataclasses import replace

import streamlit as st

from lib.model.run import Run, RunKind
from lib.runs.service import publishing
from lib.runs.service.publish_preview import Looked, PublishPreview
from lib.webflow.connection import Connection
from lib.words.say import count, say
from pages.runs import follow, headline, publish_preview, tokens
from pages.shared import frame, starting, steps, visit, waits
from pages.shared.own_runs import is_own, run_at, runs


def draw(run: Run) -> None:
    """What it is about, what would be published, and the buttons."""
    publish_preview.about(run)
    tokens.draw_with(
        run,
        say("what would be published"),
        f"publish_{run.id}",
        lambda connection: look(run, connection),
        lambda found, connection: publish_preview.draw(run, found, connection),
    )


def look(run: Run, connection: Connection) -> PublishPreview | None:
    """What publishing would do, from the items as they are now; None when this token does not open them."""
    if state.publish is None or state.publish.spec.parent_id != run.id:
        try:
            own, what = runs(), say("Reading {items} as they are now", items=count(run.landed, "item", "items"))
            state.publish = waits.do(
                lambda work: publishing.preview(own, connection, run.id, work.waits, work.tell),
                waits.back_to(steps.RESULTS.path, run=run.id),
                what,
            )
        except follow.REFUSALS as error:
            state.refuse(run.id, str(error))
            return None
    found = state.publish
    if found.looked is None and found.references:
        found = state.publish = waits.do(
            lambda work: publishing.with_references(connection, found, work.waits, work.tell),
            go_on_without,
            say("Reading what these items refer to, to see whether it is published"),
            say("Go on without"),
        )
    return found


def go_on_without() -> None:
    """Leave out what the items refer to."""
    if state.publish:
        state.publish = replace(state.publish, looked=Looked(why_not=say(publish_preview.LEFT_OUT)))


state = visit.current()
starting.leave()
run_id = st.query_params.get("run")
if run_id is None:
    st.switch_page(steps.HISTORY.path)
run = run_at(run_id)
if run is None:
    frame.lost_run()
elif not is_own(run):
    headline.draw(run)
elif run.is_live or run.kind is RunKind.PUBLISH or not run.landed:
    st.switch_page(steps.RESULTS.path, query_params={"run": run.id})
else:
    draw(run)
