"""What a visit holds goes some time after its browser is gone: the way in stays, and the draft brings the rest back.

Streamlit keeps the session of a tab that has lost its connection for an hour (`server.disconnectedSessionTTL`), with
the callbacks of its last page and all that these hold: of a file with 100,000 rows some 300 MB.
"""

import threading
import time
from collections.abc import Callable, Collection, Mapping

import pyarrow as pa
from streamlit import runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.session_manager import SessionInfo

from lib import log
from lib.log import Event
from lib.workflow.open_files import OPEN_FILES
from pages.shared import bygone

GONE_SECONDS = 900.0  # whoever changes networks, or closes the lid for a coffee, is back sooner
LOOK_SECONDS = 30.0
Since = Mapping[str, float]
_starting = threading.Lock()
_watchers: list[threading.Thread] = []


def watch() -> None:
    """Look after the visits of this process from now on."""
    with _starting:
        if not _watchers and runtime.exists():
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


def lay_to_rest(session: AppSession) -> None:
    """Keep of a session only what its visit needs to be led back; nothing where that would lose something."""
    state = session.session_state
    light = state["visit"].at_rest() if "visit" in state else None
    if light is None:
        return
    bygone.forget_all(state)
    state["visit"] = light
    OPEN_FILES.join(light)
    if runtime.exists():  # what buttons would make when they are pressed
        files = runtime.get_instance().media_file_mgr
        files.clear_session_refs(session.id)
        files.remove_orphaned_files()
    pa.default_memory_pool().release_unused()


def _watch() -> None:
    since: Since = {}
    while True:
        time.sleep(LOOK_SECONDS)
        try:
            sessions = runtime.get_instance()._session_mgr
            since = look(sessions.list_sessions(), since, time.monotonic(), sessions.is_active_session)
        except Exception:
            log.tell_failure(Event.PAGE_FAILED)
