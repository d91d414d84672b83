"""Visitors who allow the app to act for them on the demo server's own page, as they would on Webflow's."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from streamlit.testing.v1 import AppTest

from lib.workflow.authorising import AUTHORISATIONS
from lib.workflow.demo import demo_server
from tests.security.visitors import a_site, tab

CLIENT, SECRET, BACK = "flowsheet", "marked-secret-0d4e7a", "http://127.0.0.1:8501"


@dataclass(frozen=True)
class Trip:
    """To Webflow and back: what the address there said, what led back, and what only the app knows."""

    address: str
    verifier: str
    query: dict[str, str]


def register(monkeypatch: pytest.MonkeyPatch, site_token: str) -> None:
    """The app is registered with the demo server, and whoever allows it shows it this site."""
    monkeypatch.setenv("WEBFLOW_API_URL", a_site(site_token).base_url)
    monkeypatch.setenv("WEBFLOW_CLIENT_ID", CLIENT)
    monkeypatch.setenv("WEBFLOW_CLIENT_SECRET", SECRET)
    monkeypatch.setenv("WEBFLOW_REDIRECT_URL", BACK)
    monkeypatch.setenv("WEBFLOW_AUTHORIZE_URL", f"{demo_server().root}/oauth/authorize")
    demo_server().register_app(CLIENT, secret=SECRET, redirect_url=BACK, token=site_token)


def go(app: AppTest, key: str = "connect_webflow", decision: str = "allow") -> Trip:
    """Press the button, and decide there."""
    app.button(key=key).click()
    (link,) = app.run().get("link_button")
    address: str = link.proto.url
    verifier = AUTHORISATIONS._begun[query_of(address)["state"]].verifier
    back = requests.post(address, data={"decision": decision}, allow_redirects=False, timeout=5).headers["Location"]
    assert back.startswith(f"{BACK}?")
    return Trip(address, verifier, query_of(back))


def query_of(address: str) -> dict[str, str]:
    return {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}


def led_back(cookie: str, query: dict[str, str]) -> AppTest:
    """The tab that Webflow led back, before the page is drawn."""
    app = tab(cookie)
    for name, value in query.items():
        app.query_params[name] = value
    return app
