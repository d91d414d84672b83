"""The visit keeps a journey and the run it was sent with: a new plan is no longer that run's."""

import gc
from collections.abc import Callable
from dataclasses import replace

import pytest

from lib.model.plan import LeaveOut, SendChoices
from lib.webflow.connection import Connection
from lib.workflow.background import Background, Progress
from lib.workflow.destination import Chosen, Live, Uploaded
from lib.workflow.journey import Journey
from lib.workflow.live_items import Loading, wanted
from lib.workflow.matching import Matched
from pages.shared.visit import Visit
from tests.workflow.test_journey import ANOTHER_SITE, FRENCH, OTHER, OTHER_FILE, planned

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
        lambda one: one.decide(LeaveOut.ROWS),
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


def never(progress: Progress) -> Live:
    """Items that do not come."""
    progress.sleep(600)
    raise AssertionError("nobody ended the reading")


def loading() -> Visit:
    """A visit whose items are on their way."""
    state = Visit(connection=CONNECTION)
    state.keep(planned().forget_items())
    state.loading = Loading(wanted=wanted(CONNECTION, state.journey), work=Background(never, "work"))
    return state


@pytest.mark.parametrize(
    "leave",
    [
        pytest.param(lambda one: one.keep(one.journey.choose(OTHER, 3)), id="another collection"),
        pytest.param(lambda one: one.keep(one.journey.choose_locale(FRENCH)), id="another language"),
        pytest.param(lambda one: one.keep(one.journey.open_site(ANOTHER_SITE, (OTHER,))), id="another site"),
        pytest.param(lambda one: one.connect(replace(CONNECTION, token="other"), ()), id="another token"),
        pytest.param(lambda one: one.disconnect(), id="no site any more"),
    ],
)
def test_items_on_their_way_are_not_read_on_once_another_choice_was_made(leave: Callable[[Visit], None]) -> None:
    state = loading()
    on_its_way = state.loading
    assert on_its_way is not None and on_its_way.work.thread.is_alive()
    leave(state)
    on_its_way.work.thread.join(60)
    assert state.loading is None and not on_its_way.work.thread.is_alive()


def test_items_on_their_way_go_on_while_the_file_is_changed() -> None:
    state = loading()
    on_its_way = state.loading
    state.keep(state.journey.bring(OTHER_FILE))
    state.load_early()
    assert state.loading is on_its_way is not None and on_its_way.work.thread.is_alive()
    state.stop_loading()


def test_no_reading_outlives_its_visit() -> None:
    state = loading()
    assert state.loading is not None
    thread = state.loading.work.thread
    del state
    gc.collect()
    thread.join(60)
    assert not thread.is_alive()
