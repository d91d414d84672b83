"""What was begun is kept for its browser, listed on the first page, and goes on where it was left."""

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from lib.journal import drafts
from lib.journal.database import database
from lib.journal.tables import draft
from lib.runs import process
from lib.workflow.demo import demo_server
from lib.workflow.destination import Uploaded
from lib.workflow.matching import Matched
from lib.workflow.planning import Planned
from pages.shared.browser import COOKIE
from tests.builders import an_id
from tests.pages.walk import click, press, run_to_the_end, said, stage, to_check, to_match, visit

ROOT = Path(__file__).parent.parent.parent
PRICES = "Slug,Kosten\nsea-glass-mug-small,23 each\nsea-glass-mug-medium,27\nno-such-mug,5\n"
Browser = Callable[[], AppTest]


def cookie() -> str:
    """What Streamlit's server gives a browser."""
    return generate_xsrf_token_string(secrets.token_bytes(16), 1)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """New tabs of one browser."""
    jar = {COOKIE: cookie()}
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda self: jar))
    return lambda: AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()


def begun(app: AppTest) -> AppTest:
    """Matched by hand, mended once, at Check."""
    to_match(app, PRICES)
    app.selectbox(key="match-1").set_value("price").run()
    click(app, "next")
    return press(app, "Take the number alone")


def draft_of(app: AppTest) -> str:
    """Its id, which stands in the address."""
    draft = visit(app).draft
    assert draft is not None
    return draft[1]


def open_draft(app: AppTest) -> AppTest:
    (button,) = [button for button in app.button if str(button.key).startswith("open-")]
    return click(app, str(button.key))


def test_another_tab_goes_on_where_it_was_left(browser: Browser) -> None:
    before = begun(browser())
    tab = browser()
    assert "Your drafts" in said(tab) and "prices.csv → Products" in said(tab).replace("*", "")
    open_draft(tab)
    assert tab.title[0].value == "Do all values fit?"
    assert stage(tab, Uploaded).edits == stage(before, Uploaded).edits
    assert stage(tab, Matched).mapping == stage(before, Matched).mapping
    assert "1 change made here." in said(tab).replace("*", "")


def test_a_page_loaded_anew_is_where_it_was(browser: Browser) -> None:
    before = begun(browser())
    click(before, "next")
    assert before.title[0].value == "What will change"
    tab = browser()
    tab.query_params["draft"] = draft_of(before)
    tab.switch_page("pages/steps/preview.py").run()
    assert stage(tab, Planned).plan.changes == stage(before, Planned).plan.changes


def test_what_was_sent_is_a_draft_no_longer(browser: Browser) -> None:
    app = to_check(browser(), "Slug,Price\nsea-glass-mug-small,23.75\n")
    click(app, "next")
    click(app, "next")
    run_to_the_end(app)
    assert "Your drafts" not in said(browser())


def test_a_draft_can_be_deleted(browser: Browser) -> None:
    begun(browser())
    tab = browser()
    (button,) = [button for button in tab.button if str(button.key).startswith("drop-")]
    click(tab, str(button.key))
    assert "Your drafts" not in said(tab)


def test_a_demo_site_that_is_gone_is_told(browser: Browser) -> None:
    begun(browser())
    process.current().demo_visitors.clear()
    tab = open_draft(browser())
    assert "The demo site of this draft is gone" in said(tab)
    assert "Try the demo site" in {button.label for button in tab.run().button}


def of_a_site(token: str, site_id: str) -> str:
    """A site that is no demo site, by its token."""
    server = demo_server()
    server.add_world(token, seed="demo")
    server.service.worlds[token].site["id"] = site_id
    return token


def connect_to(app: AppTest, token: str) -> AppTest:
    app.text_input(key="token").set_value(token)
    return click(app, "connect_own")


def test_a_token_of_another_site_opens_no_draft(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBFLOW_API_URL", demo_server().url)
    before = begun(connect_to(browser(), of_a_site("token-of-one", an_id(0xB1))))
    tab = open_draft(browser())
    assert "To go on with prices.csv, paste a token of Tidepool Goods below." in said(tab)
    connect_to(tab, of_a_site("token-of-another", an_id(0xB2)))
    assert "This token does not open Tidepool Goods, the site of the draft." in said(tab)
    assert visit(tab).journey.file is None and "Your drafts" in said(tab.run())
    once_more = open_draft(browser())
    connect_to(once_more, "token-of-one")
    assert stage(once_more, Uploaded).edits == stage(before, Uploaded).edits


def test_a_draft_that_nobody_understands_any_more_is_told_and_goes(browser: Browser) -> None:
    begun(browser())
    with database().write() as connection:
        connection.execute(draft.update().values(work=drafts.zlib.compress(b'{"edits": 7}')))
    tab = open_draft(browser())
    assert "This draft cannot be opened any more. Choose the file again." in said(tab)
    assert "Your drafts" not in said(browser())


def test_another_file_is_another_draft(browser: Browser) -> None:
    app = begun(browser())
    visit(app).keep(visit(app).journey.bring(None))
    app.switch_page("pages/steps/upload.py").run()
    app.file_uploader(key="file").set_value(("more.csv", b"Slug,Price\nsea-glass-mug-small,1\n", "text/csv")).run()
    assert {line.split("**")[1] for line in said(browser()).splitlines() if "→ Products" in line} == {
        "prices.csv",
        "more.csv",
    }


def test_a_file_too_large_to_be_kept_is_tried_once_and_told_and_the_browser_asks_before_it_is_lost(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(drafts, "MOST_BYTES", 10)
        app = begun(browser())
    assert visit(app).draft is not None and visit(app).kept is None
    assert "This import is not kept as a draft: it is too large" in said(app)
    assert "?draft=" not in str([one.proto for one in app.get("html")])
    assert "event.preventDefault()" in str([one.proto for one in app.get("html")])
    click(app, "undo_edit")
    assert visit(app).kept is None, "it is not compressed again with every change"


def test_a_rerun_that_changes_nothing_asks_the_records_nothing(browser: Browser) -> None:
    app = begun(browser())
    app.run()
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    sa.event.listen(database().engine, "before_cursor_execute", note)
    try:
        app.run()
        assert [statement for statement in asked if "draft" in statement or "setting" in statement] == []
        click(app, "undo_edit")
        assert [statement for statement in asked if statement.startswith("UPDATE draft")]
    finally:
        sa.event.remove(database().engine, "before_cursor_execute", note)
