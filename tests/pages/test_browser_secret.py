"""The browser's secret, out of the cookie that protects uploads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from lib.runs.service.at_hand import demo_sites_of
from lib.workflow.demo import connect_demo
from pages.shared.browser import unmasked


@given(st.binary(min_size=16, max_size=16))
def test_the_secret_is_the_same_under_every_mask(secret: bytes) -> None:
    """Held against the very function that writes the cookie, so that another Streamlit's would be noticed."""
    cookies = {generate_xsrf_token_string(secret, 1) for _ in range(3)}
    assert {unmasked(cookie) for cookie in cookies} == {secret.hex()}


@pytest.mark.parametrize(
    "cookie",
    ["", "2", "2|||", "2|aa|bb|1", "2|00000000|zz|1", f"1|00000000|{'ab' * 16}|1", f"2||{'ab' * 16}|1", "2|a|b|c|d"],
)
def test_another_cookie_holds_no_secret(cookie: str) -> None:
    assert unmasked(cookie) == ""


@given(st.text())
def test_no_cookie_is_too_odd(cookie: str) -> None:
    assert len(unmasked(cookie)) in (0, 32)


def test_a_browser_finds_its_own_demo_sites_only() -> None:
    first, second, other = (connect_demo(browser) for browser in ("mine", "mine", "theirs"))
    connect_demo()
    assert demo_sites_of("mine") == [second, first]
    assert demo_sites_of("theirs") == [other]
    assert demo_sites_of("") == demo_sites_of("nobody's") == []
