"""No address skips the frame: whichever page is asked for first after a start of the app, it is drawn by app.py."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from lib.sandbox import Sandbox
from pages.shared.steps import PAGES
from tests.browser.conftest import App

CONNECT = "Update your Webflow collection from a spreadsheet"
# What stands at each address for somebody who has nothing: the words of its page, or the way in.
FIRST = {
    "connect": CONNECT,
    "upload": CONNECT,
    "match": CONNECT,
    "check": CONNECT,
    "preview": CONNECT,
    "submit": CONNECT,
    "results": "to_start",
    "runs": "Your runs",
    "undo": "to_start",
    "publish": "to_start",
    "help": "Where is my work while I am at it?",
    "parts": CONNECT,
}
PATIENCE_SECONDS = 60.0


def asked(app: App, page: str, query: str) -> str:
    """What a browser is sent that opens this address, up to where it is led on."""
    told: list[str] = []
    deadline = time.monotonic() + PATIENCE_SECONDS
    message = BackMsg()
    message.rerun_script.page_name, message.rerun_script.query_string = page, query
    with connect(app.url.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit"]) as socket:  # type: ignore[list-item]
        socket.send(message.SerializeToString())
        while True:
            news = ForwardMsg.FromString(bytes(socket.recv(deadline - time.monotonic())))  # type: ignore[arg-type]
            if news.HasField("script_finished") and news.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return "\n".join(told)
            told.append(str(news))


@pytest.fixture
def fresh_app(sandbox: Sandbox, tmp_path: Path) -> Iterator[App]:
    """An app that nobody has asked for anything."""
    app = App(tmp_path, sandbox.url)
    app.start()
    yield app
    app.end(signal.SIGKILL)


def test_the_table_holds_all_pages() -> None:
    assert {page.title.lower() for page in PAGES} <= set(FIRST)


@pytest.mark.parametrize("page", FIRST)
def test_the_first_request_after_a_start_is_answered_within_the_frame(fresh_app: App, page: str) -> None:
    found = asked(fresh_app, page, "draft=somebody-elses&run=somebody-elses")
    assert all(words in found for words in (FIRST[page], "**Flowsheet**", "stepper"))
    assert "Traceback" not in fresh_app.log()
