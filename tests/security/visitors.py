"""Visitors of the app: where they come from, what they are shown, and what they could take home."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from lib.webflow.connection import Connection
from lib.webflow.retry import RetryPolicy
from lib.workflow.demo import demo_server

ROOT = Path(__file__).parent.parent.parent
QUICK = RetryPolicy(first_seconds=0.001, longest_seconds=0.002)
OF_VISIT = "cookie of this visit"


def cookie_of_this_visit() -> str:
    """The cookie of the browser that the visit comes from; "" without one."""
    return str(st.session_state.get(OF_VISIT, ""))


def a_cookie() -> str:
    """What Streamlit's server gives a browser."""
    return generate_xsrf_token_string(secrets.token_bytes(16), 1)


def from_browser(cookie: str) -> AppTest:
    """A new tab of this browser."""
    return tab(cookie).run()


def tab(cookie: str) -> AppTest:
    """A new tab of this browser, before anything is opened in it."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state[OF_VISIT] = cookie
    return app


def a_site(token: str) -> Connection:
    """A copy of the demo site that is reached by this token, as a site of one's own is."""
    server = demo_server()
    server.add_world(token)
    return Connection(token=token, base_url=server.url, policy=QUICK)


def shown(app: AppTest) -> str:
    """Everything that the server sends to this visitor: texts, tables, files, what cannot be seen, the address."""
    return "".join([*_parts(app._tree), str(app.query_params)])


def _parts(node: Any) -> Iterator[str]:
    proto = getattr(node, "proto", None)
    yield str(proto)
    for data in _bytes_in(proto):
        yield data.decode("utf-8", "replace")
    for child in getattr(node, "children", {}).values():
        yield from _parts(child)


def _bytes_in(message: Any) -> Iterator[bytes]:
    """Tables travel as bytes, and are printed in another form."""
    for kind, value in message.ListFields() if hasattr(message, "ListFields") else ():
        if kind.type == kind.TYPE_BYTES:
            yield from value if isinstance(value, list | tuple) else [bytes(value)]
        elif kind.type == kind.TYPE_MESSAGE and hasattr(value, "ListFields"):
            yield from _bytes_in(value)
