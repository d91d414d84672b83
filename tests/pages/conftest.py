"""The app under test, with the demo site at full speed."""

import functools
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from lib.workflow import demo

ROOT = Path(__file__).parent.parent.parent
CSV = "Slug,Price,Summary\n"


@pytest.fixture(scope="session", autouse=True)
def fast_demo() -> Iterator[None]:
    """The demo server answers at once, without a limit worth noticing, and whoever comes may push out who rests;
    stopped at the end."""
    patch = pytest.MonkeyPatch()
    patch.setattr(demo, "DEMO_LATENCY_SECONDS", 0.0)
    patch.setattr(demo, "DEMO_CALLS_PER_MINUTE", 100_000)
    patch.setattr(demo, "IN_USE_SECONDS", 0.0)
    patch.setenv("RUNS_AT_ONCE", "1000")  # some tests leave theirs paused
    yield
    demo.demo_server().stop()
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def packages_looked_through_once() -> Iterator[None]:
    """Every `AppTest` reads what all installed packages say of themselves, in search of components: they stay."""
    patch = pytest.MonkeyPatch()
    patch.setattr(
        manifest_scanner, "scan_component_manifests", functools.cache(manifest_scanner.scan_component_manifests)
    )
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def main_module_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """`AppTest` puts the script in its place, and every process begun after that would run the app first."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def app() -> AppTest:
    st.cache_data.clear()
    st.cache_resource.clear()
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
