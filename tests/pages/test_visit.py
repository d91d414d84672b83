"""The visit keeps a journey and the run it was sent with: a new plan is no longer that run's."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from lib.model.plan import SendChoices
from lib.webflow.connection import Connection
from lib.workflow.destination import Chosen, Uploaded
from lib.workflow.journey import Journey
from lib.workflow.preparation import Matched
from pages.shared.visit import Visit
from tests.workflow.test_journey import OTHER_FILE, planned

CONNECTION = Connection(token="secret", base_url="http://localhost")


def sent() -> Visit:
    """A visit whose plan was sent."""
    state = Visit()
    state.connect(CONNECTION, ())
    state.keep(planned())
    state.run_id, state.run_key = "run", "key"
    return state


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.decide(leave_out=True),
        lambda one: one.send_as(SendChoices(live=True)),
        lambda one: one.rematch(one.at(Matched).mapping),
        lambda one: one.forget_items(),
    ],
)
def test_after_a_run_another_plan_starts_from_items_read_anew(change: Callable[[Journey], Journey]) -> None:
    state = sent()
    mapping = state.journey.at(Matched).mapping
    state.keep(change(state.journey))
    assert (state.run_id, state.run_key, state.journey.reached(Matched)) == (None, None, None)
    assert (state.journey.at(Chosen).live, state.journey.at(Uploaded).mapping) == (None, mapping)


def test_after_a_run_another_file_starts_from_items_read_anew() -> None:
    state = sent()
    state.keep(state.journey.bring(OTHER_FILE))
    assert (state.run_id, state.journey.at(Chosen).live, state.journey.file) == (None, None, OTHER_FILE)


def test_before_a_run_the_items_that_were_read_are_kept() -> None:
    state = Visit()
    state.keep(planned())
    state.keep(state.journey.send_as(SendChoices(live=True)))
    assert state.journey.at(Matched).live.items == planned().at(Matched).live.items


def test_what_changes_no_plan_keeps_its_run() -> None:
    state = sent()
    state.keep(replace(state.journey, read_back=False))
    assert (state.run_id, state.run_key) == ("run", "key")


def test_another_connection_forgets_what_was_refused_but_not_the_file() -> None:
    state = sent()
    state.refuse("run", "Not this one.")
    state.turned_back_at, file = "Match", state.journey.file
    state.disconnect()
    assert (state.connection, state.refused, state.turned_back_at, state.run_id) == (None, {}, None, None)
    assert (state.journey.stage, state.journey.file) == (None, file)
