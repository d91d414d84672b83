"""Who connects with Webflow: nobody gets in by what leads somebody else back, and runs are theirs who allowed it."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from lib.journal.database import database
from lib.runs.service.next_steps import Access
from lib.runs.service.runs import Runs
from lib.workflow import connect
from lib.workflow.demo import demo_server
from tests.pages.revisit import GOOD, RESULTS, UNDO, run_of
from tests.pages.walk import click, run_to_the_end, said, sign_in, to_submit, visit
from tests.security.allowing import go, led_back, register
from tests.security.visitors import a_cookie, from_browser, shown, tab

SITE = "site-of-who-allows"


@pytest.fixture(autouse=True)
def registered(browsers: None, monkeypatch: pytest.MonkeyPatch) -> None:
    register(monkeypatch, SITE)


def given() -> int:
    """How many tokens the server has given for codes so far."""
    return len(demo_server().service.grants.scopes)


def allowed(cookie: str) -> AppTest:
    """A visit that was let in by Webflow."""
    return led_back(cookie, go(from_browser(cookie)).query).run()


def a_run(app: AppTest) -> str:
    to_submit(app, GOOD)
    run_to_the_end(app)
    return run_of(app)


def at(app: AppTest, page: str, run_id: str) -> AppTest:
    app.query_params["run"] = run_id
    return app.switch_page(page).run()


def test_whoever_began_it_is_let_in_once_and_the_address_is_clean() -> None:
    cookie = a_cookie()
    trip = go(from_browser(cookie))
    app = led_back(cookie, trip.query).run()
    assert visit(app).way_in.account and app.title[0].value == "Which collection do you want to update?"
    assert not app.query_params
    count = given()
    again = led_back(cookie, trip.query).run()
    assert visit(again).connection is None and "was used already" in said(again) and given() == count


def test_what_leads_somebody_back_lets_nobody_else_in_and_nothing_is_traded() -> None:
    cookie = a_cookie()
    trip, count = go(from_browser(cookie)), given()
    for stranger in (a_cookie(), ""):
        his = led_back(stranger, trip.query).run()
        assert visit(his).connection is None and not his.query_params
        assert "This way back from Webflow was not begun in this browser" in said(his)
    assert given() == count
    assert visit(led_back(cookie, trip.query).run()).connection is not None


def test_nobody_is_led_into_a_site_of_somebody_elses_choice() -> None:
    """Somebody allows it, and sends the address that would lead back to somebody who began it, too."""
    hers, his = a_cookie(), a_cookie()
    bait, own = go(from_browser(his)), go(from_browser(hers))
    for query in (bait.query, bait.query | {"state": "made-up"}):
        assert visit(led_back(hers, query).run()).connection is None
    mixed = led_back(hers, {"code": bait.query["code"], "state": own.query["state"]}).run()
    assert visit(mixed).connection is None and "used already, or is older" in said(mixed)  # by its verifier


def test_runs_are_found_opened_and_undone_by_who_allowed_it_with_another_token() -> None:
    hers = allowed(a_cookie())
    run_id = a_run(hers)
    other = a_cookie()
    stranger = at(from_browser(other), RESULTS, run_id)
    assert "Give the token that started this run" in said(stranger)
    app = led_back(other, go(stranger, f"again_{run_id}_webflow").query).run()
    assert visit(app).way_in.token != visit(hers).way_in.token
    assert dict(app.query_params) == {"run": run_id} and "undo" in {button.key for button in app.button}
    assert "3 items that this run changed = 3 will be brought back" in said(at(app, UNDO, run_id))
    click(app, "undo_now")


@pytest.mark.parametrize("has_seen_it", [False, True])
def test_a_run_that_was_started_with_a_pasted_token_says_so(has_seen_it: bool) -> None:
    app = from_browser(a_cookie())
    app.text_input(key="token").set_value(SITE)
    run_id = a_run(click(app, "connect_own"))
    cookie = a_cookie()
    stranger = at(from_browser(cookie), RESULTS, run_id)
    back = led_back(cookie, go(stranger, f"again_{run_id}_webflow").query).run()
    assert "not started by who connected with Webflow just now" in said(back)
    assert "undo" not in {button.key for button in back.button}


def test_a_name_that_is_pasted_for_a_token_opens_nothing() -> None:
    """The records know a Webflow user by a fingerprint, and who it is is no secret."""
    hers = allowed(a_cookie())
    run_id, runs = a_run(hers), Runs(db=database())
    account = visit(hers).way_in.account
    for pasted in (account, f"webflow: {account}"):
        app = at(from_browser(a_cookie()), RESULTS, run_id)
        app.text_input(key=f"again_{run_id}_token").set_value(pasted)
        next(button for button in app.button if button.label == "Use this token").click()
        assert "undo" not in {button.key for button in app.run().button}
        assert visit(app).connection is None and not visit(app).given
    run = runs.get(run_id)
    assert run is not None
    pasted_token = connect.connect_site(SITE)
    assert runs.access(run, [pasted_token]) is Access.HEADLINE
    assert runs.access(run, [replace(pasted_token, account="somebody-else")]) is Access.HEADLINE
    assert runs.access(run, [replace(pasted_token, account=account)]) is Access.EVERYTHING


def test_who_it_was_is_asked_before_anybody_is_let_in() -> None:
    cookie = a_cookie()
    trip = go(from_browser(cookie))
    fault = demo_server().order_fault("body", path="/token/authorized_by", status=403, body={"code": "missing_scopes"})
    app = led_back(cookie, trip.query).run()
    demo_server().service.faults.withdraw(fault)
    assert visit(app).connection is None and app.error


def test_behind_a_sign_in_it_is_for_the_person_who_began_it() -> None:
    ada = sign_in(tab(a_cookie()), "ada@example.com").run()
    trip = go(ada)
    for address in (None, "bob@example.com"):
        other = sign_in(led_back(a_cookie(), trip.query), address).run()
        assert "visit" not in other.session_state or visit(other).connection is None
    back = sign_in(led_back(a_cookie(), trip.query), "ada@example.com").run()
    assert visit(back).connection is not None
    run_id = a_run(back)
    elsewhere = at(sign_in(tab(a_cookie()), "ada@example.com").run(), RESULTS, run_id)
    assert "Give the token" not in said(elsewhere)  # it is hers without any


def test_somebody_who_has_to_sign_in_first_is_let_in_afterwards() -> None:
    cookie = a_cookie()
    trip = go(sign_in(tab(cookie), "ada@example.com").run())
    gone = sign_in(led_back(cookie, trip.query), None).run()
    assert gone.title[0].value == "Sign in to Flowsheet"
    click(gone, "sign_in ")
    back = sign_in(tab(cookie), "ada@example.com").run()
    assert visit(back).connection is not None and not back.query_params


def test_neither_secret_nor_code_nor_verifier_nor_token_is_on_a_page(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    cookie = a_cookie()
    first = from_browser(cookie)
    trip = go(first)
    back = led_back(cookie, trip.query).run()
    stale = led_back(cookie, trip.query).run()
    way_in = visit(back).way_in
    secrets = {"secret": "marked-secret-0d4e7a", "code": trip.query["code"], "verifier": trip.verifier}
    places = {"first": shown(first), "back": shown(back), "stale": shown(stale), "there": trip.address}
    places |= {"log": caplog.text + "".join(capfd.readouterr()), "texts": repr(way_in) + repr(visit(back))}
    secrets |= {"token": way_in.token, "account": way_in.account}
    found = {(name, place) for name, one in secrets.items() for place, text in places.items() if one in text}
    assert found == set()
