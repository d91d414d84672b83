"""Widgets that are on no page any more: what their callbacks hold is let go.

Streamlit (1.67) keeps the description of every widget that a session ever saw, callbacks included, and ours hold what
their page knew: each change on the Check page would keep one more sheet in memory, with all that was found in it.
"""

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.safe_session_state import SafeSessionState


def forget() -> None:
    """Keep the descriptions of what this run drew, which was the whole page."""
    ctx = get_script_run_ctx()
    if ctx is not None:
        known = session_state(ctx.session_state)._new_widget_state.widget_metadata
        for gone in known.keys() - ctx.shared.widget_ids_this_run.snapshot():
            del known[gone]


def forget_all(state: SessionState) -> None:
    """Keep nothing of a session: its `clear` leaves descriptions where they are."""
    state.clear()
    state._new_widget_state.widget_metadata.clear()


def session_state(found: SafeSessionState | SessionState) -> SessionState:
    """What is wrapped for the threads of scripts."""
    while isinstance(found, SafeSessionState):
        found = found._state
    return found
