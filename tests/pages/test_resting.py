"""What a visit holds goes once nobody is there for it, and comes back with whoever returns."""

import gc
import secrets
import weakref
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.context import ContextProxy
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.session_manager import ActiveSessionInfo, SessionInfo
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from lib.errors import FlowsheetError
from lib.workflow import drafting
from lib.workflow.checking import Checked
from lib.workflow.open_files import OpenFiles
from pages.shared import steps
from pages.shared.browser import COOKIE
from pages.shared.bygone import session_state
from pages.shared.resting import GONE_SECONDS, IDLE_SECONDS, LOOK_SECONDS, look, make_room
from pages.shared.visit import Visit
from tests.pages.walk import HEADER, press, run_to_the_end, said, stage, to_check, to_preview, to_submit, visit

ROOT = Path(__file__).parent.parent.parent
PRICES = HEADER + "sea-glass-mug-small,23.75,x,no\noat-mug-small,free,,\n"


@pytest.fixture(autouse=True)
def browser(monkeypatch: pytest.MonkeyPatch) -> None:
    jar = {COOKIE: generate_xsrf_token_string(secrets.token_bytes(16), 1)}
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda self: jar))


def a_session(app: AppTest, *, is_there: bool = False) -> Any:
    """As Streamlit keeps it, with the callbacks of the last page."""
    state = session_state(app.session_state._state)
    session: Any = SimpleNamespace(id="1", session_state=state, _state=AppSessionState.APP_NOT_RUNNING)
    client: Any = object()
    return ActiveSessionInfo(client, session) if is_there else SessionInfo(client=None, session=session)


def is_held(thing: weakref.ref[Any]) -> bool:
    gc.unfreeze()
    gc.collect()
    return thing() is not None


def at_rest(app: AppTest) -> Visit:
    session = a_session(app)
    look([session], look([session], {}, 0.0), GONE_SECONDS)
    return visit(app)


def back(light: Visit, page: steps.Step) -> AppTest:
    """Whoever comes back to this page of the same session."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.session_state["visit"] = light
    return app.switch_page(page.path).run()


@pytest.mark.parametrize(("walk", "page"), [(to_check, steps.CHECK), (to_preview, steps.PREVIEW)])
def test_whoever_comes_back_is_where_they_were(app: AppTest, walk: Any, page: steps.Step) -> None:
    walk(app, PRICES)
    connection, work, title = visit(app).connection, drafting.work_of(visit(app).journey), app.title[0].value
    light = at_rest(app)
    assert light.journey.file is None and light.connection is connection
    again = back(light, page)
    assert "Nothing was sent by that." in again.toast[0].value
    assert again.title[0].value == title and not again.error and not again.exception
    assert drafting.work_of(visit(again).journey) == work


def test_nothing_heavy_stays(app: AppTest) -> None:
    to_check(app, PRICES)
    checked = weakref.ref(stage(app, Checked))
    at_rest(app)
    back(Visit(), steps.CONNECT)  # Streamlit keeps the variables of the page that it ran last, until anybody comes
    assert not is_held(checked)


def test_what_a_change_replaces_is_let_go(app: AppTest) -> None:
    to_check(app, PRICES)
    checked = weakref.ref(stage(app, Checked))
    press(app, "Leave 1 cell as in Webflow")
    assert stage(app, Checked).before.before.edits.done and not app.exception
    assert not is_held(checked)


def test_who_is_back_at_that_very_moment_is_left_alone(app: AppTest) -> None:
    to_check(app, PRICES)
    held = visit(app)
    look([a_session(app)], {"1": 0.0}, GONE_SECONDS, lambda id: True)
    assert visit(app) is held


@pytest.mark.parametrize(("is_there", "seconds"), [(True, GONE_SECONDS), (False, GONE_SECONDS - 1)])
def test_who_is_there_or_only_just_gone_is_left_alone(app: AppTest, is_there: bool, seconds: float) -> None:
    to_check(app, PRICES)
    held, session = visit(app), a_session(app, is_there=is_there)
    look([session], look([session], {}, 0.0), seconds)
    assert visit(app) is held


def test_who_was_back_in_between_is_gone_anew(app: AppTest) -> None:
    to_check(app, PRICES)
    held, gone, there = visit(app), a_session(app), a_session(app, is_there=True)
    since = look([gone], look([there], look([gone], {}, 0.0), 60.0), GONE_SECONDS)
    assert since == {"1": GONE_SECONDS} and visit(app) is held


def test_imports_that_nobody_touches_make_room_for_others_and_only_then(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_check(app, PRICES)
    held, session = visit(app), a_session(app).session
    monkeypatch.setenv("UPLOADS_MB", str(2 * len(PRICES) / 1e6))
    stranger, size = Visit(browser="another"), len(PRICES)
    monkeypatch.setattr("lib.workflow.open_files.SHARES", 1)
    monkeypatch.setattr("pages.shared.resting.OPEN_FILES", files := OpenFiles())
    files.join(held)
    make_room(stranger, size, [session])
    assert visit(app) is held, "there is room for both"
    with pytest.raises(FlowsheetError, match="as many files open as it can hold"):
        make_room(stranger, size + 1, [session])
    held.used_at -= IDLE_SECONDS
    session._state = AppSessionState.APP_IS_RUNNING
    with pytest.raises(FlowsheetError, match="as many files open as it can hold"):
        make_room(stranger, size + 1, [session])
    session._state = AppSessionState.APP_NOT_RUNNING
    make_room(stranger, size + 1, [session])
    assert visit(app) is not held and visit(app).journey.file is None


def test_an_import_that_is_not_kept_as_a_draft_stays(app: AppTest) -> None:
    to_check(app, PRICES)
    held = visit(app)
    held.kept = None
    assert at_rest(app) is held


def test_whoever_comes_back_to_results_finds_them(app: AppTest) -> None:
    to_submit(app, PRICES)
    run_to_the_end(app)
    title = app.title[0].value
    again = back(at_rest(app), steps.RESULTS)
    assert again.title[0].value == title and "1 of 2 rows updated" in said(again)


def test_streamlit_has_what_this_rests_on() -> None:
    """None of it is promised to anybody; requirements.txt names the release that it was seen in."""
    assert hasattr(WebsocketSessionManager, "list_sessions")
    assert "_session_mgr" in Runtime.__init__.__code__.co_names
    assert "_state" in AppSession.__init__.__code__.co_names
    assert LOOK_SECONDS < IDLE_SECONDS < GONE_SECONDS
