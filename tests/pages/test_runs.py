"""A run at its address, and what can be done after it: as a visitor sees it, in this visit and in another one."""

import pytest
from streamlit.testing.v1 import AppTest

from lib.journal import views
from lib.journal.database import database
from lib.journal.tables import now, run
from lib.model.run import RunKind
from lib.model.run_state import RunState
from lib.runs import process
from lib.workflow.demo import demo_server
from tests.pages.revisit import (
    GOOD,
    RESULTS,
    ROOT,
    SLUGS,
    UNDO,
    another_visit,
    at,
    edit,
    run_of,
)
from tests.pages.walk import (
    click,
    live_items,
    run_to_the_end,
    said,
    sign_in,
    to_preview,
    to_submit,
    to_upload,
    visit,
    wait_for_runs,
)


def test_a_run_is_found_again_by_its_address_alone(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    again = another_visit(RESULTS, run_of(app), app)
    assert not again.exception
    assert again.title[0].value == "3 items updated"
    assert "3 rows in the file = 3 updated" in said(again)
    assert "Read 3 of 3 updated items again: all of them hold what was meant." in said(again)


def test_a_running_run_can_be_paused_and_resumed_from_another_tab(app: AppTest) -> None:
    to_submit(app, GOOD)
    connection = visit(app).connection
    assert connection is not None
    demo_server().order_fault("slow", seconds=4.0, method="PATCH", token=connection.token)
    click(app, "update")
    other = another_visit(RESULTS, run_of(app), app)
    assert other.title[0].value == "Updating 3 items"
    assert "You can close this tab" in said(other)
    click(other, "pause")
    found = views.run_of(database(), run_of(app))
    assert found is not None and found.done == 0
    click(app.run(), "unpause")
    wait_for_runs()
    assert app.run().title[0].value == "3 items updated"


def test_undo_is_previewed_skips_newer_edits_and_can_be_undone(app: AppTest) -> None:
    to_submit(app, GOOD)
    before = live_items(app)
    run_to_the_end(app)
    first = run_of(app)
    edit(app, SLUGS[1], price=500)
    at(app, UNDO, first)
    assert not app.exception
    assert "3 items that this run changed = 2 will be brought back + 0 already as before + 1 left alone" in said(app)
    assert any(
        "changed this item after the run" in str(frame.value) or "Why" in frame.value.columns for frame in app.dataframe
    )
    click(app, "undo_now")
    wait_for_runs()
    after = live_items(app)
    assert [after[slug].field_data["price"] for slug in SLUGS] == [
        before[SLUGS[0]].field_data["price"],
        500,
        before[SLUGS[2]].field_data["price"],
    ]
    ((second, _),) = views.children_of(database(), [first], RunKind.UNDO)[first]
    shown = another_visit(RESULTS, second, app)
    assert shown.title[0].value == "2 items brought back"
    at(app, UNDO, second)
    assert "2 items that this run changed = 2 will be brought back" in said(app)


def test_items_changed_since_the_preview_are_shown_with_three_values_and_sent_on_request(app: AppTest) -> None:
    to_submit(app, GOOD)
    edit(app, SLUGS[0], price=400)
    run_to_the_end(app)
    assert app.title[0].value == "2 of 3 items updated"
    assert "3 rows in the file = 2 updated + 0 already up to date + 0 left out + 1 held back + 0 failed" in said(app)
    assert "1 item was held back" in said(app) and "Held back (1)" in said(app)
    app.checkbox(key=f"all_held_{run_of(app)}").check()
    app.run()
    table = next(frame.value for frame in app.dataframe if "At preview" in frame.value.columns)
    assert list(table.loc[table["Field"] == "Price", "Now"]) == ["400"]
    click(app, "overwrite")
    wait_for_runs()
    assert live_items(app)[SLUGS[0]].field_data["price"] == 20.75


def test_what_failed_can_be_tried_again(app: AppTest) -> None:
    to_submit(app, f"Slug,Main image\n{SLUGS[0]},https://files.invalid/a.jpg\n{SLUGS[1]},https://a.example/b.jpg\n")
    run_to_the_end(app)
    first = run_of(app)
    assert app.button(key="retry").label == "Try 1 item again"
    click(app, "retry")
    wait_for_runs()
    ((second, _),) = views.children_of(database(), [first], RunKind.RETRY)[first]
    shown = another_visit(RESULTS, second, app)
    assert shown.title[0].value == "0 of 1 item updated"


def test_a_staged_run_is_published_with_one_button(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    assert app.button(key="publish").label == "Publish these 3 items"
    click(app, "publish")
    assert views.children_of(database(), [run_of(app)], RunKind.PUBLISH) == {}
    assert app.title[0].value == "Publish this run?" and "Visitors see the new values at once" in said(app)
    assert app.button(key="publish_now").label == "Publish 3 items"
    click(app, "publish_now")
    wait_for_runs()
    ((second, _),) = views.children_of(database(), [run_of(app)], RunKind.PUBLISH)[run_of(app)]
    found = views.run_of(database(), second)
    assert found is not None and (found.state, found.updated) == (RunState.DONE, 3)
    assert live_items(app)[SLUGS[0]].status.value == "Published"


def test_the_list_of_runs_is_ones_own(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    app.switch_page("pages/runs/history.py").run()
    (table,) = (frame.value for frame in app.dataframe)
    assert list(table["File"]) == ["prices.csv"]
    assert table["State"].tolist() == ["Done"] and table["Updated"].tolist() == [3]
    assert "MB on disk" in said(app)
    stranger = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    click(stranger, "demo")
    stranger.switch_page("pages/runs/history.py").run()
    assert "No runs yet" in said(stranger)
    click(app, "purge")
    assert "No runs yet" in said(app)


def test_the_list_of_runs_asks_who_you_are(app: AppTest) -> None:
    app.switch_page("pages/runs/history.py").run()
    assert not app.exception
    assert "Runs are shown to whoever made them" in said(app)
    assert app.text_input(key="history_token").proto.type == 1


def test_a_second_run_on_the_same_collection_is_told_to_wait(app: AppTest) -> None:
    to_submit(app, GOOD)
    state = visit(app)
    demo_server().order_fault("slow", seconds=3.0, method="PATCH", token=state.way_in.token)
    click(app, "update")
    state.run_id, state.run_key = None, None
    app.switch_page("pages/steps/submit.py").run()
    click(app, "update")
    assert "Another run of yours is updating Products. Two at once" in said(app)
    assert app.button(key="open_other")
    wait_for_runs()


def test_an_interrupted_run_offers_to_resume(app: AppTest) -> None:
    to_submit(app, GOOD)
    connection = visit(app).connection
    assert connection is not None
    demo_server().order_fault("slow", seconds=3.0, method="GET", token=connection.token)
    click(app, "update")
    with database().write() as records_:
        gone = {"owner": "a process that is no more", "fence": run.c.fence + 1, "lease_until": now() - 1}
        records_.execute(run.update().where(run.c.id == run_of(app)).values(gone))
    process.current().threads.pop(run_of(app))  # this process has been restarted, too
    wait_for_runs()
    app.run()
    assert app.title[0].value == "This run was interrupted at 0 of 3 items"
    assert "Nothing is lost" in said(app)
    click(app, "resume")
    wait_for_runs()
    assert app.run().title[0].value == "3 items updated"


def test_records_that_cannot_be_reached_are_said_in_words(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    to_submit(app, GOOD)
    monkeypatch.setenv("JOURNAL_URL", "postgresql://nobody@127.0.0.1:1/none")
    click(app, "update")
    assert "records cannot be reached" in said(app)
    assert not app.exception


def test_reading_back_can_be_switched_off(app: AppTest) -> None:
    to_preview(app, GOOD)
    assert "read back" in said(app)
    app.checkbox(key="read_back").uncheck()
    app.run()
    assert "read back what was stored" not in said(app)
    click(app, "next")
    run_to_the_end(app)
    assert "updated items again" not in said(app)


def test_the_start_page_leads_to_the_runs(app: AppTest) -> None:
    to_upload(app)
    assert any("Runs" in str(link.label) for link in app.get("page_link"))


def test_a_run_of_somebody_signed_in_is_for_them_only(app: AppTest) -> None:
    sign_in(app, "ada@example.com", "who made one run")
    to_submit(app, GOOD)
    run_to_the_end(app)
    assert app.title[0].value == "3 items updated"
    app.switch_page("pages/runs/history.py").run()
    assert list(app.dataframe[0].value["Who"]) == ["ada@example.com"]
    assert "not on record" in said(another_visit(RESULTS, run_of(app)))
