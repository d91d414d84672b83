"""The way to Webflow: encrypted, to the configured address only, and whatever comes back is a text."""

import contextlib
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.errors import Certainty, WebflowUnavailable
from lib.webflow.client import Webflow
from lib.webflow.no_response import NoResponse
from lib.webflow.retry import RetryPolicy
from tests.builders import a_change
from tests.pages.test_plain import LINKS, seen
from tests.pages.walk import click, visit
from tests.security.visitors import ROOT
from tests.webflow.conftest import Script, script

__all__ = ["script"]
ONCE = RetryPolicy(attempts=1)
CERTIFICATE = Path(__file__).parent / "not-trusted.pem"  # for localhost, signed by itself, good for a hundred years
EVIL = "![x](https://evil.example/x.png) <script>alert(1)</script> **bold** [here](javascript:x) www.evil.example"


@contextlib.contextmanager
def encrypted_server(heard: list[bytes]) -> Iterator[str]:
    """Notes all that anybody tells it who trusts it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with contextlib.suppress(OSError), context.wrap_socket(connection, server_side=True) as talk:
                    heard.append(talk.recv(65_536))
                    talk.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{"sites": []}')

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"https://localhost:{listening.getsockname()[1]}/v2"
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(5)


def test_a_server_that_cannot_prove_who_it_is_hears_nothing() -> None:
    heard: list[bytes] = []
    with encrypted_server(heard) as url, Webflow("secret-token", base_url=url, policy=ONCE) as webflow:
        for call in (webflow.sites, lambda: webflow.write_items("c", [a_change()])):
            with pytest.raises(
                WebflowUnavailable, match="could not prove to be the real one, so nothing was sent"
            ) as e:
                call()
            assert (e.value.code, e.value.verdict.certainty) == (NoResponse.CERTIFICATE, Certainty.NOT)
    assert heard == []


def test_one_that_is_trusted_is_talked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the test above fails for no other reason."""
    heard: list[bytes] = []
    with encrypted_server(heard) as url, Webflow("secret-token", base_url=url, policy=ONCE) as webflow:
        webflow.exchange._session.verify = str(CERTIFICATE)
        assert webflow.sites() == ()
    assert b"secret-token" in heard[0]


def test_nothing_of_ours_switches_the_check_of_certificates_off() -> None:
    sources = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "lib").rglob("*.py")]
    assert not [path for path in sources if re.search(r"\bverify\b *=|CERT_NONE|check_hostname", path.read_text())]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "place", ["https://evil.example/v2/sites", "//evil.example", "/v2/elsewhere", "file:///etc/passwd"]
)
def test_no_redirect_is_followed_by_a_read_or_a_write(script: Script, status: int, place: str) -> None:
    script.answer(status, "", Location=place)
    with Webflow("secret-token", base_url=script.url, policy=ONCE) as webflow:
        for call in (webflow.sites, lambda: webflow.write_items("c", [a_change()])):
            with pytest.raises(WebflowUnavailable, match="did not answer like Webflow"):
                call()
    assert [asked[:2] for asked in script.asked] == [("GET", "/v2/sites"), ("PATCH", script.asked[-1][1])]


@pytest.mark.parametrize(
    "kind",
    [
        "text/html",
        "image/png",
        "application/json; charset=utf-16",
        "application/octet-stream",
        "",
        "\u00e4/;;=",
        "a" * 4000,
    ],
)
def test_the_body_counts_and_not_what_it_calls_itself(script: Script, kind: str) -> None:
    script.answer(200, {"sites": []}, Content_Type=kind)
    with Webflow("secret-token", base_url=script.url, policy=ONCE) as webflow:
        assert webflow.sites() == ()


@pytest.mark.parametrize("status", [400, 403, 404, 409])
def test_what_an_error_says_is_a_text_on_the_page(
    app: AppTest, script: Script, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setenv("WEBFLOW_API_URL", script.url)
    script.answer(status, {"code": EVIL, "message": EVIL, "details": [{"param": EVIL, "description": EVIL}]})
    app.text_input(key="token").set_value("secret-token")
    click(app, "connect_own")
    (error,) = app.error
    assert visit(app).connection is None
    assert not any(link.search(seen(error.value)) for link in LINKS)
    assert not re.search(r"(?<!\\)[<*\[`]", error.value)


def test_only_the_configuration_says_where_tokens_go() -> None:
    """No page knows an address; what makes a way in takes it from the settings, or from the demo of this process."""
    knowing = {
        str(path.relative_to(ROOT))
        for path in [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "lib" / "workflow").rglob("*.py")]
        if re.search(r"base_url|api_url|Connection\(", path.read_text())
    }
    assert knowing == {"lib/workflow/connect.py", "lib/workflow/demo.py"}
    told = (ROOT / "lib/workflow/connect.py").read_text()
    assert re.findall(r"base_url=([^,]+),", told) == ["settings().webflow_api_url"]
