"""Visitors with browsers of their own, on one app."""

import pytest
from streamlit.runtime.context import ContextProxy

from pages.shared.browser import COOKIE
from tests.pages.conftest import app, fast_demo, main_module_stays, packages_looked_through_once
from tests.security.visitors import cookie_of_this_visit

__all__ = ["app", "fast_demo", "main_module_stays", "packages_looked_through_once"]


@pytest.fixture
def browsers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each visit comes from the browser that `visitors.from_browser` gave it, as Streamlit would tell by its cookie."""
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda self: {COOKIE: cookie_of_this_visit()}))
