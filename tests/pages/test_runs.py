"""A run at its address, and what can be done after it: as a visitor sees it, in this visit and in another one."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib import workflow
from lib.journal import records
from lib.journal.database import database
from lib.journal.tables import now, run
from lib.model.run import RunKind, RunState
from lib.runs import process
from tests.conftest import Door
from tests.pages.walk import (
    HEADER,
    click,
    live_items,
    run_to_the_end,
    said,
    to_preview,
    to_submit,
    to_upload,
    visit,
    wait_for_runs,
)

ROOT = Path(__file__).parent.parent.parent
SLUGS = ("sea-glass-mug-small", "sea-glass-mug-medium", "oat-mug-small")
GOOD = HEADER + "".join(f"{slug},{20 + place}.75,x,\n" for place, slug in enumerate(SLUGS))


def another_visit(page: str, run_id: str) -> AppTest:
    """The same address in another tab."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    app.query_params["run"] = run_id
    return app.switch_page(page).run()


def at(app: AppTest, page: str, run_id: str) -> AppTest:
    app.query_params["run"] = run_id
    return app.switch_page(page).run()


def run_of(app: AppTest) -> str:
    run_id = visit(app).run_id
    assert run_id is not None
    return run_id


def edit(app: AppTest, slug: str, **values: object) -> None:
    """Somebody else edits an item of the demo site."""
    state = visit(app)
    assert state.connection is not None and state.collection is not None
    item = live_items(app)[slug]
    door = Door(workflow._demo_servers[0], state.connection.token)
    path = f"/collections/{state.collection.id}/items/{item.id}"
    assert door.call("PATCH", path, {"fieldData": values}).status_code == 200


def wait_until_paused(run_id: str) -> None:
    while (found := records.run_of(database(), run_id)) is not None and found.state is not RunState.PAUSED:
        continue


def slow(app: AppTest, method: str, seconds: float) -> None:
    """The next request of this kind takes so long."""
    connection = visit(app).connection
    assert connection is not None
    workflow._demo_servers[0].order_fault("slow", seconds=seconds, method=method, token=connection.token)


def keys(app: AppTest) -> set[str]:
    """The buttons that are there."""
    return {str(button.key) for button in app.button}


def undo(app: AppTest, run_id: str) -> str:
    """Undo a run, and return the id of the run that did it."""
    click(at(app, "pages/records/undo.py", run_id), "undo_now")
    wait_for_runs()
    return records.children_of(database(), [run_id], RunKind.UNDO)[run_id][-1][0]


def test_a_run_is_found_again_by_its_address_alone(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    again = another_visit("pages/steps/results.py", run_of(app))
    assert not again.exception
    assert again.title[0].value == "3 items updated"
    assert "3 rows in the file = 3 updated" in said(again)
    assert "Read 3 of 3 updated items again: all of them hold what was meant." in said(again)


def test_a_running_run_can_be_paused_and_resumed_from_another_tab(app: AppTest) -> None:
    to_submit(app, GOOD)
    connection = visit(app).connection
    assert connection is not None
    workflow._demo_servers[0].order_fault("slow", seconds=1.5, method="PATCH", token=connection.token)
    click(app, "update")
    other = another_visit("pages/steps/results.py", run_of(app))
    assert other.title[0].value == "Updating 3 items"
    assert "You can close this tab" in said(other)
    click(other, "pause")
    found = records.run_of(database(), run_of(app))
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
    at(app, "pages/records/undo.py", first)
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
    ((second, _),) = records.children_of(database(), [first], RunKind.UNDO)[first]
    shown = another_visit("pages/steps/results.py", second)
    assert shown.title[0].value == "2 items brought back"
    at(app, "pages/records/undo.py", second)
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
    ((second, _),) = records.children_of(database(), [first], RunKind.RETRY)[first]
    shown = another_visit("pages/steps/results.py", second)
    assert shown.title[0].value == "0 of 1 item updated"


def test_a_staged_run_is_published_with_one_button(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    assert app.button(key="publish").label == "Publish these 3 items"
    click(app, "publish")
    assert records.children_of(database(), [run_of(app)], RunKind.PUBLISH) == {}
    assert "Visitors see the new values at once" in said(app)
    click(app, "publish_now")
    wait_for_runs()
    ((second, _),) = records.children_of(database(), [run_of(app)], RunKind.PUBLISH)[run_of(app)]
    found = records.run_of(database(), second)
    assert found is not None and (found.state, found.updated) == (RunState.DONE, 3)
    assert live_items(app)[SLUGS[0]].status.value == "Published"


def test_the_list_of_runs_is_ones_own(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    app.switch_page("pages/records/history.py").run()
    (table,) = (frame.value for frame in app.dataframe)
    assert list(table["File"]) == ["prices.csv"]
    assert table["State"].tolist() == ["Done"] and table["Updated"].tolist() == [3]
    assert "MB on disk" in said(app)
    stranger = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    click(stranger, "demo")
    stranger.switch_page("pages/records/history.py").run()
    assert "No runs yet" in said(stranger)
    click(app, "purge")
    assert "No runs yet" in said(app)


def test_the_list_of_runs_asks_who_you_are(app: AppTest) -> None:
    app.switch_page("pages/records/history.py").run()
    assert not app.exception
    assert "Runs are shown to whoever made them" in said(app)
    assert app.text_input(key="history_token").proto.type == 1


def test_a_second_run_on_the_same_collection_is_told_to_wait(app: AppTest) -> None:
    to_submit(app, GOOD)
    state = visit(app)
    assert state.connection is not None and state.collection is not None
    workflow._demo_servers[0].order_fault("slow", seconds=1.0, method="PATCH", token=state.connection.token)
    click(app, "update")
    state.run_id, state.run_key = None, None
    app.switch_page("pages/steps/submit.py").run()
    click(app, "update")
    assert "Another run of yours is updating Products since" in said(app)
    assert app.button(key="open_other")
    wait_for_runs()


def test_an_interrupted_run_offers_to_resume(app: AppTest) -> None:
    to_submit(app, GOOD)
    connection = visit(app).connection
    assert connection is not None
    workflow._demo_servers[0].order_fault("slow", seconds=0.7, method="GET", token=connection.token)
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
    app.user = {"is_logged_in": True, "email": "ada@example.com"}
    to_submit(app, GOOD)
    run_to_the_end(app)
    assert app.title[0].value == "3 items updated"
    app.switch_page("pages/records/history.py").run()
    assert list(app.dataframe[0].value["Who"]) == ["ada@example.com"]
    assert "not on record" in said(another_visit("pages/steps/results.py", run_of(app)))


def test_a_published_run_says_so_and_offers_undo_only(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    first = run_of(app)
    assert "visitors see them after the next publish" in said(app)
    click(click(app, "publish"), "publish_now")
    wait_for_runs()
    at(app, "pages/steps/results.py", first)
    assert "3 of these items were published on" in said(app) and "Visitors see these 3 items now." in said(app)
    assert "after the next publish" not in said(app)
    assert "publish" not in keys(app) and "undo" in keys(app)


def test_an_undone_run_says_so_and_offers_neither_publish_nor_undo(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    first = run_of(app)
    second = undo(app, first)
    at(app, "pages/steps/results.py", first)
    assert "This run was undone on" in said(app) and "3 of 3 items brought back" in said(app)
    assert not {"publish", "undo"} & keys(app)
    click(app, f"open_{second}")
    assert app.title[0].value == "3 items brought back"
    assert app.button(key="undo").label == "Undo this undo…"
    click(app, "open_parent")
    assert app.title[0].value == "3 items updated"


def test_a_run_whose_undo_was_undone_can_be_undone_again(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    first = run_of(app)
    undo(app, undo(app, first))
    at(app, "pages/steps/results.py", first)
    assert {"publish", "undo"} <= keys(app)


def test_a_run_that_was_partly_undone_may_be_undone_again(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    first = run_of(app)
    edit(app, SLUGS[1], price=500)
    undo(app, first)
    at(app, "pages/steps/results.py", first)
    assert "2 of 3 items brought back" in said(app)
    assert {"publish", "undo"} <= keys(app)


def test_a_run_that_was_stopped_by_hand_is_no_failure(app: AppTest) -> None:
    to_submit(app, GOOD)
    slow(app, "GET", 1.0)
    click(app, "update")
    click(another_visit("pages/steps/results.py", run_of(app)), "stop")
    wait_for_runs()
    app.run()
    assert app.title[0].value == "0 of 3 items updated"
    assert "You stopped this run. 3 items were not sent and keep the old values." in said(app)
    assert "3 rows in the file = 0 updated + 0 already up to date + 0 left out + 0 failed + 3 not sent" in said(app)
    assert not app.error and not app.warning
    assert not [button for button in app.get("download_button") if "Rows to fix" in button.label]
    assert app.button(key="resume").label == "Send 3 items"
    click(app, "resume")
    wait_for_runs()
    assert app.run().title[0].value == "3 items updated"


def test_what_webflow_stored_differently_is_said_on_top(app: AppTest) -> None:
    to_preview(app, f"Slug,Main image,Price\n{SLUGS[0]},https://files.invalid/a.jpg,33.5\n")
    app.checkbox(key="skip_files").check()
    run_to_the_end(click(app.run(), "next"))
    (warning,) = app.warning
    assert "All items were updated, but Webflow stored 1 cell differently from your file" in warning.value
    assert not app.success
    (table,) = (frame.value for frame in app.dataframe if "Stored" in frame.value.columns)
    assert table["Stored"].iloc[0].endswith("/sea-glass-mug-small.jpg · Webflow left the new one out")


def test_left_out_rows_are_listed_with_their_reason(app: AppTest) -> None:
    to_submit(app, GOOD + "no-such-mug,1,,\n")
    run_to_the_end(app)
    assert "Left out (1)" in [expander.label for expander in app.expander]
    (table,) = (frame.value for frame in app.dataframe if "Why" in frame.value.columns)
    assert list(table["Row"]) == [5] and "not found" in table["Why"].iloc[0].lower()


def test_a_paused_run_says_what_waits_and_what_is_locked(app: AppTest) -> None:
    to_submit(app, GOOD)
    slow(app, "GET", 1.0)
    click(app, "update")
    click(app, "pause")
    wait_until_paused(run_of(app))
    app.run()
    assert "Paused. 0 of 3 items are updated; 3 wait. Products is locked for other runs" in said(app)
    assert "You can close this tab: it stays paused" in said(app)
    assert app.button(key="pause").disabled
    click(app, "unpause")
    wait_for_runs()


def test_a_refused_start_leads_to_the_run_in_the_way(app: AppTest) -> None:
    to_submit(app, GOOD)
    slow(app, "PATCH", 1.0)
    click(app, "update")
    first, state = run_of(app), visit(app)
    state.run_id, state.run_key = None, None
    app.switch_page("pages/steps/submit.py").run()
    click(app, "update")
    click(app.run(), "open_other")
    assert app.query_params["run"] == first
    wait_for_runs()


def test_a_notice_about_a_run_that_ended_is_gone(app: AppTest) -> None:
    to_submit(app, GOOD)
    slow(app, "PATCH", 1.0)
    click(app, "update")
    state = visit(app)
    state.run_id, state.run_key = None, None
    app.switch_page("pages/steps/submit.py").run()
    click(app, "update")
    wait_for_runs()
    assert "open_other" not in keys(app.run())


def test_an_undo_that_was_in_the_way_of_another_run_is_tried_again(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    first, connection = run_of(app), visit(app).connection
    assert connection is not None
    at(app, "pages/records/undo.py", first)
    slow(app, "POST", 1.0)
    workflow.start_follow_up(database(), connection, workflow.publish(database(), first))
    click(app, "undo_now")
    assert "Another run of yours is updating Products since" in said(app) and "nothing was sent" in said(app)
    wait_for_runs()
    at(app, "pages/records/undo.py", first)
    click(app, "undo_now")
    wait_for_runs()
    ((second, _),) = records.children_of(database(), [first], RunKind.UNDO)[first]
    assert at(app, "pages/steps/results.py", second).title[0].value == "3 items brought back"


def test_an_address_in_a_reason_becomes_no_link(app: AppTest) -> None:
    to_submit(app, f"Slug,Main image\n{SLUGS[0]},https://files.invalid/a.jpg\n")
    run_to_the_end(app)
    assert any("https://files.invalid/a.jpg" in text.value for text in app.text)
    assert not any("files.invalid" in block.value for block in app.markdown)


def test_a_value_is_mended_in_place_and_tried_again(app: AppTest) -> None:
    to_submit(app, f"Slug,Main image\n{SLUGS[0]},https://files.invalid/a.jpg\n")
    run_to_the_end(app)
    (mend,) = [box for box in app.text_input if str(box.key).startswith("mend_")]
    mend.set_value("https://a.example/b.jpg")
    click(app, "retry")
    wait_for_runs()
    assert visit(app).run_id is not None
    image = live_items(app)[SLUGS[0]].field_data["main-image"]
    assert isinstance(image, dict) and str(image["url"]).endswith("b.jpg")


def test_a_plan_that_was_sent_says_so_and_is_not_sent_again(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    first = run_of(app)
    for page in ("submit", "preview"):
        app.switch_page(f"pages/steps/{page}.py").run()
        assert "This plan was sent already" in said(app)
        assert not {"update", "next"} & keys(app)
    click(app, "to_results")
    assert app.query_params["run"] == first


def test_a_sent_plan_is_compared_again_with_the_site_as_it_is_now(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    app.switch_page("pages/steps/preview.py").run()
    click(app, "compare_again")
    assert app.title[0].value == "Which column goes where?"
    assert visit(app).run_id is None


def test_a_run_page_names_its_own_context(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    other = another_visit("pages/steps/results.py", run_of(app))
    assert "Tidepool Goods  ›  Products  ›  prices.csv" in said(other)
    assert "Import of " in said(other) and not other.get("page_link")[1:]


def test_the_address_of_a_run_can_be_copied(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    assert any(block.value.endswith(f"?run={run_of(app)}") for block in app.code)


def test_one_run_can_be_deleted_from_its_own_page(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    click(app, "delete_run")
    assert "This run is not on record" in said(app)
    click(app, "to_runs")
    assert "No runs yet" in said(app)


def test_the_list_names_what_a_follow_up_is_of(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    undo(app, run_of(app))
    app.switch_page("pages/records/history.py").run()
    (table,) = (frame.value for frame in app.dataframe)
    assert list(table["File"]) == ["Undo of prices.csv", "prices.csv"]
    assert list(table["State"]) == ["Done", "Done, undone"]
    assert "this visit's demo site" in said(app)


def test_undo_without_a_run_leads_to_the_runs(app: AppTest) -> None:
    app.switch_page("pages/records/undo.py").run()
    assert app.title[0].value == "Your runs"


def test_the_page_before_sending_says_what_and_promises_what(app: AppTest) -> None:
    to_submit(app, GOOD + "no-such-mug,1,,\n")
    words = said(app)
    assert "Fields that change: Price (3)" in words and "1 row of the file is left out" in words
    assert "1 request to Webflow" in words and "1 to read back" in words
    assert "Visitors see nothing until you publish." in words and "Nothing is ever deleted." in words
