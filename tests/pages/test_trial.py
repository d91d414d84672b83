"""One item is sent first, to try it; the others wait, and go without it."""

from streamlit.testing.v1 import AppTest

from lib.model.plan import LeaveOut
from lib.model.row_status import RowStatus
from lib.reports.to_fix import to_fix
from lib.workflow.planning import Planned
from tests.pages.revisit import GOOD, SLUGS
from tests.pages.walk import click, live_items, run_to_the_end, said, stage, to_submit, visit, wait_for_runs


def tried(app: AppTest) -> AppTest:
    to_submit(app, GOOD + "no-such-mug,1,,\n")
    click(app, "try")
    wait_for_runs()
    return app.run()


def prices(app: AppTest) -> list[object]:
    items = live_items(app)
    return [items[slug].field_data["price"] for slug in SLUGS]


def test_the_first_item_is_sent_alone_and_read_back(app: AppTest) -> None:
    to_submit(app, GOOD + "no-such-mug,1,,\n")
    before = prices(app)
    click(app, "try")
    wait_for_runs()
    app.run()
    assert prices(app) == [20.75, *before[1:]]
    assert "1 of 4 rows updated · 3 left out" in said(app)
    assert "Read 1 of 1 updated items again: all of them hold what was meant." in said(app)
    assert "4 rows in the file = 1 updated + 0 already up to date + 3 left out + 0 failed" in said(app)
    assert "2 other items still wait." in said(app)
    assert "1 row of your file was left out. To bring it in too" in said(app), "the row without an item, and no other"
    report = visit(app).report
    assert report is not None and report.spec.problems is not None
    assert list(to_fix(report.results, report.spec.problems)) == [5]


def test_the_others_go_without_it_and_the_books_balance(app: AppTest) -> None:
    click(tried(app), "after_trial")
    assert "1 item was sent before, to try it" in said(app) and "1 row of the file is left out" in said(app)
    assert "try" not in {button.key for button in app.button}
    plan = stage(app, Planned).plan
    assert plan.counts == {RowStatus.WILL_UPDATE: 2, RowStatus.LEFT_OUT: 2}
    run_to_the_end(app)
    assert prices(app) == [20.75, 21.75, 22.75]
    assert "2 of 4 rows updated · 2 left out" in said(app)


def test_nothing_waits_any_more_once_the_others_are_sent(app: AppTest) -> None:
    trial = visit(tried(app)).trial
    run_to_the_end(click(app, "after_trial"))
    app.query_params["run"] = trial
    app.switch_page("pages/runs/results.py").run()
    assert "after_trial" not in {button.key for button in app.button}


def test_another_file_has_a_trial_of_its_own(app: AppTest) -> None:
    tried(app)
    visit(app).keep(visit(app).journey.bring(None))
    assert visit(app).trial is None


def test_a_plan_of_one_item_needs_no_trial(app: AppTest) -> None:
    to_submit(app, f"Slug,Price\n{SLUGS[0]},20.75\n")
    assert "try" not in {button.key for button in app.button}


def test_an_item_that_did_not_land_stays_in_the_plan(app: AppTest) -> None:
    lines = [f"{slug},https://files.invalid/a.jpg,{20 + place}.75" for place, slug in enumerate(SLUGS[:1])]
    lines += [f"{slug},,{20 + place}.75" for place, slug in enumerate(SLUGS[1:])]
    to_submit(app, "\n".join(["Slug,Main image,Price", *lines]))
    click(app, "try")
    wait_for_runs()
    app.run()
    assert "The item did not land, and stays in the plan; 3 items still wait." in said(app)
    click(app, "after_trial")
    assert stage(app, Planned).plan.counts == {RowStatus.WILL_UPDATE: 3}
    assert "1 item was sent before" not in said(app)


def test_a_tried_item_is_not_sent_again_whatever_is_checked_anew(app: AppTest) -> None:
    journey = visit(tried(app)).journey
    again = journey.rematch(journey.at(Planned).matched.mapping).check({}).decide(LeaveOut.ROWS).make_plan()
    assert again.at(Planned).plan.counts == {RowStatus.WILL_UPDATE: 2, RowStatus.LEFT_OUT: 2}
