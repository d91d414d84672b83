"""The button that leads to Webflow's page, on which somebody allows this app to act for them."""

import logging
from functools import cache
from typing import Literal

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lib.errors import FlowsheetError
from lib.words.say import say
from lib.workflow import authorising
from lib.workflow.authorising import AUTHORISATIONS
from lib.workflow.deep_links import Place
from pages.shared import frame, signed_in


def offer(
    key: str, about: str, place: Place | None = None, kind: Literal["primary", "secondary"] = "secondary"
) -> bool:
    """The button, and below it what it is `about`, where this app is registered with Webflow; False where it is not.

    Whoever comes back from there is led to `place`.
    """
    if left_out := authorising.left_out():
        _log_left_out(", ".join(left_out))
    if not authorising.is_offered():
        return False
    if st.button(say("Connect with Webflow"), key=key, type=kind, icon=":material/open_in_browser:"):
        try:
            _leave(AUTHORISATIONS.begin(signed_in.owner(), place))
        except FlowsheetError as error:
            frame.stopped(str(error))
    else:
        st.caption(about)
    return True


def _leave(address: str) -> None:
    """Have the tab go there, by the message that `st.login` uses: unlike a script of ours, it leaves the frame in which
    Streamlit Community Cloud shows the app. Where the browser does not go, there is a link."""
    context = get_script_run_ctx()
    assert context is not None, "a page is drawn for a visitor"
    message = ForwardMsg()
    message.auth_redirect.url = address
    context.enqueue(message)
    st.caption(say("Webflow asks you which sites this app may work on. If its page does not open, open it here:"))
    st.link_button(say("Open Webflow's page"), address)


@cache
def _log_left_out(names: str) -> None:
    logging.getLogger("flowsheet").warning("“Connect with Webflow” is not offered, since these are missing: %s", names)
