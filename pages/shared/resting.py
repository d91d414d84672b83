"""What a visit holds goes some time after its browser is gone, or when others need the room and nobody touches it: the
way in stays, and the draft brings the rest back.

Streamlit keeps the session of a tab that has lost its connection for an hour (`server.disconnectedSessionTTL`), with
the callbacks of its last page and all that these hold: of a file with 100,000 rows some 300 MB.
"""

import threading
import time
from collections.abc import Callable, Collection, Mapping

import pyarrow as pa
from streamlit import runtime
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.session_manager import SessionInfo, SessionManager

from lib import log
from lib.log import Event
from lib.workflow.open_files import OPEN_FILES, Holder
from pages.shared import bygone

GONE_SECONDS = 900.0  # whoever changes networks, or closes the lid for a coffee, is back sooner
LOOK_SECONDS = 30.0
IDLE_SECONDS = 300.0  # whose page stands open so long makes room for others, where there is none
Since = Mapping[str, float]
_starting = threading.Lock()
_watchers: list[threading.Thread] = []


def watch() -> None:
    """Look after the visits of this process from now on."""
    with _starting:
        if not _watchers and _manager():
            _watchers.append(threading.Thread(target=_watch, daemon=True, name="resting"))
            _watchers[0].start()


def look(
    sessions: Collection[SessionInfo], gone_since: Since, now: float, is_back: Callable[[str], bool] = lambda id: False
) -> Since:
    """Lay to rest whoever is gone for long enough, unless they are back just now; since when each session has been
    without its browser (id → seconds on the clock of `now`), for the next look."""
    gone = [one.session for one in sessions if one.client is None]
    since = {session.id: gone_since.get(session.id, now) for session in gone}
    for session in gone:
        if now - since[session.id] >= GONE_SECONDS and not is_back(session.id):
            lay_to_rest(session)
    return since


def make_room(holder: Holder, size: int, sessions: Collection[AppSession] = ()) -> None:
    """Room for a file of so many bytes: imports that nobody has touched for a while make it, the longest idle first.

    `sessions` are those of this process where no runtime tells. Raises `FlowsheetError` where there is no room.
    """
    manager = _manager()
    there = [one.session for one in manager.list_sessions()] if manager else sessions
    for session in idle(there, time.monotonic()):
        if OPEN_FILES.has_room(holder, size):
            break
        lay_to_rest(session)
    OPEN_FILES.check(holder, size)


def idle(sessions: Collection[AppSession], now: float) -> list[AppSession]:
    """Those that nobody has touched for a while and that work on nothing, the longest idle first."""
    used = {session.id: session.session_state["visit"].used_at for session in sessions if _has_visit(session)}
    resting = [
        one for one in sessions if one.id in used and now - used[one.id] >= IDLE_SECONDS and not _is_at_work(one)
    ]
    return sorted(resting, key=lambda session: used[session.id])


def lay_to_rest(session: AppSession) -> None:
    """Keep of a session only what its visit needs to be led back; nothing where that would lose something."""
    state = session.session_state
    held = state["visit"] if _has_visit(session) else None
    light = held.at_rest() if held else None
    if held is None or light is None:
        return
    held.journey = light.journey  # whoever still holds the visit holds no file by that
    bygone.forget_all(state)
    state["visit"] = light
    OPEN_FILES.join(light)
    if _manager():  # what buttons would make when they are pressed
        files = runtime.get_instance().media_file_mgr
        files.clear_session_refs(session.id)
        files.remove_orphaned_files()
    pa.default_memory_pool().release_unused()


def _manager() -> SessionManager | None:
    """Who knows the sessions of this process; None where nothing runs, and in tests."""
    return getattr(runtime.get_instance(), "_session_mgr", None) if runtime.exists() else None


def _has_visit(session: AppSession) -> bool:
    return "visit" in session.session_state


def _is_at_work(session: AppSession) -> bool:
    return session._state is AppSessionState.APP_IS_RUNNING


def _watch() -> None:
    since: Since = {}
    while True:
        time.sleep(LOOK_SECONDS)
        try:
            if manager := _manager():
                since = look(manager.list_sessions(), since, time.monotonic(), manager.is_active_session)
        except Exception:
            log.tell_failure(Event.PAGE_FAILED)
