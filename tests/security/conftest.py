"""Visitors with browsers of their own, on one app."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.runtime.context import ContextProxy

from lib.journal.database import database
from pages.shared.browser import COOKIE
from tests.pages.conftest import app, fast_demo, main_module_stays, packages_looked_through_once
from tests.security.visitors import cookie_of_this_visit

__all__ = ["app", "fast_demo", "main_module_stays", "packages_looked_through_once"]


@pytest.fixture
def browsers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Each visit comes from the browser that `visitors.from_browser` gave it, as Streamlit would tell by its cookie.

    The records are their own, since runs that other tests left under way take room.
    """
    url = f"sqlite:///{tmp_path / 'journal.db'}"
    monkeypatch.setenv("JOURNAL_URL", url)
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda self: {COOKIE: cookie_of_this_visit()}))
    yield
    database(url).close()
