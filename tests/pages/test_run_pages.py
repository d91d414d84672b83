"""What the pages of runs say: what goes on, what came of it, and what became of it later."""

import json
from dataclasses import replace

from streamlit.testing.v1 import AppTest

from lib.journal import views
from lib.journal.database import database
from lib.journal.tables import batch, now, run
from lib.model.run import BatchState, RunKind
from lib.model.run_state import RunState, Wanted
from lib.runs import process
from lib.runs.service import publishing
from lib.runs.service.runs import Runs
from lib.workflow import demo
from tests.pages.revisit import (
    GOOD,
    RESULTS,
    SLUGS,
    UNDO,
    another_visit,
    at,
    edit,
    keys,
    run_of,
    slow,
    undo,
    wait_until_paused,
)
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
from tests.patience import until


def test_a_published_run_says_so_and_offers_undo_only(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    first = run_of(app)
    assert "visitors see them after the next publish" in said(app)
    click(click(app, "publish"), "publish_now")
    wait_for_runs()
    at(app, RESULTS, first)
    assert "3 of these items were published on" in said(app) and "Visitors see these 3 items now." in said(app)
    assert "after the next publish" not in said(app)
    assert "publish" not in keys(app) and "undo" in keys(app)


def test_an_undone_run_says_so_and_offers_neither_publish_nor_undo(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    first = run_of(app)
    second = undo(app, first)
    at(app, RESULTS, first)
    assert "This run was undone on" in said(app) and "3 of 3 items brought back" in said(app)
    assert "This run was undone: the 3 items it changed hold again what was there before" in said(app)
    assert "items are updated" not in said(app) and not app.success
    assert not {"publish", "undo"} & keys(app)
    click(app, f"open_{second}")
    assert app.title[0].value == "3 items brought back"
    assert app.button(key="undo").label == "Undo this undo…"
    click(app, "open_parent")
    assert app.title[0].value == "Undone: 3 items updated"


def test_a_run_whose_undo_was_undone_can_be_undone_again(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    first = run_of(app)
    undo(app, undo(app, first))
    at(app, RESULTS, first)
    assert {"publish", "undo"} <= keys(app)


def test_a_run_that_was_partly_undone_may_be_undone_again(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    first = run_of(app)
    edit(app, SLUGS[1], price=500)
    undo(app, first)
    at(app, RESULTS, first)
    assert "2 of 3 items brought back" in said(app)
    assert {"publish", "undo"} <= keys(app)


def test_a_run_that_was_stopped_by_hand_is_no_failure(app: AppTest) -> None:
    to_submit(app, GOOD)
    slow(app, "GET", 3.0)
    click(app, "update")
    click(another_visit(RESULTS, run_of(app), app), "stop")
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


def test_an_image_that_was_refused_is_named_while_the_rest_of_its_row_is_stored(app: AppTest) -> None:
    to_preview(app, f"Slug,Main image,Price\n{SLUGS[0]},https://files.invalid/a.jpg,33.5\n")
    app.checkbox(key="without_files").check()
    run_to_the_end(click(app.run(), "next"))
    (warning,) = app.warning
    assert "1 image or file was refused; see below." in warning.value
    assert "Refused images and files (1)" in [header.value for header in app.header]
    (table,) = (frame.value for frame in app.dataframe if "What was sent" in frame.value.columns)
    assert table["What was sent"].iloc[0] == "https://files.invalid/a.jpg"
    assert table["Why"].iloc[0].startswith("Without Main image: Webflow could not fetch the file")
    assert [button for button in app.get("download_button") if "Rows to fix" in button.label]


def test_what_webflow_stored_differently_is_said_on_top(app: AppTest) -> None:
    to_preview(app, f"Slug,Description,Price\n{SLUGS[0]},<pre><code>x = 1</code></pre>,33.5\n")
    for world in demo.demo_server().service.worlds.values():
        world.behaviour = replace(world.behaviour, code_emptied=True)
    run_to_the_end(click(app.run(), "next"))
    (warning,) = app.warning
    assert "All items were updated, but Webflow stored 1 cell differently from your file" in warning.value
    assert not app.success
    (table,) = (frame.value for frame in app.dataframe if "Stored" in frame.value.columns)
    assert "x = 1" not in table["Stored"].iloc[0]


def test_left_out_rows_are_listed_with_their_reason(app: AppTest) -> None:
    to_submit(app, GOOD + "no-such-mug,1,,\n")
    run_to_the_end(app)
    assert "Left out (1)" in [expander.label for expander in app.expander]
    app.session_state["part_left out"] = True
    app.run()
    (table,) = (frame.value for frame in app.dataframe if "Why" in frame.value.columns)
    assert list(table.index) == [5] and "not found" in table["Why"].iloc[0].lower()


def test_updated_items_are_listed_with_their_fields_and_can_be_searched(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    app.session_state["part_updated"] = True
    app.run()

    def listed() -> list[tuple[str, str]]:
        (table,) = (frame.value for frame in app.dataframe if "Fields" in frame.value.columns)
        return list(zip(table["Item"], table["Fields"], strict=True))

    assert len(listed()) == 3 and {fields for _, fields in listed()} == {"Price"}
    app.session_state["part_updated"] = True
    app.text_input(key="search_updated").set_value("oat").run()
    assert [item for item, _ in listed()] == ["Oat Mug, Small"]


def test_a_run_of_several_requests_is_drawn_over_time(app: AppTest) -> None:
    slugs = list(live_items(to_upload(app)))[:250]
    content = HEADER + "".join(f"{slug},{place}.57,,\n" for place, slug in enumerate(slugs))
    app.file_uploader(key="file").set_value(("prices.csv", content.encode(), "text/csv")).run()
    for _ in range(4):  # to Match, Check, Preview and Submit
        click(app, "next")
    run_to_the_end(app)
    app.session_state["part_over_time"] = True
    app.run()
    (chart,) = app.get("vega_lite_chart")
    drawn = json.loads(chart.proto.spec)
    assert drawn["layer"][1]["data"]["values"][-1]["items"] == 250
    assert "Items that Webflow took, over the seconds of the run." in said(app)


def test_a_paused_run_says_what_waits_and_what_is_locked(app: AppTest) -> None:
    to_submit(app, GOOD)
    slow(app, "GET", 3.0)
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
    slow(app, "PATCH", 3.0)
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
    slow(app, "PATCH", 3.0)
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
    at(app, UNDO, first)
    slow(app, "POST", 3.0)
    mine = Runs(db=database())
    mine.follow(connection, publishing.preview(mine, connection, first).spec)
    click(app, "undo_now")
    assert "Another run of yours is updating Products. Two at once" in said(app) and "nothing was sent" in said(app)
    wait_for_runs()
    at(app, UNDO, first)
    click(app, "undo_now")
    wait_for_runs()
    ((second, _),) = views.children_of(database(), [first], RunKind.UNDO)[first]
    assert at(app, RESULTS, second).title[0].value == "3 items brought back"


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
    visit(app).sent_at = 0.0  # a while ago
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
    other = another_visit(RESULTS, run_of(app), app)
    assert "Tidepool Goods  ›  Products  ›  prices.csv" in said(other)
    assert "Import of " in said(other)
    assert [link.label for link in other.get("page_link")] == ["**Flowsheet**", "Runs", "Help", "Connect"]


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
    app.switch_page("pages/runs/history.py").run()
    (table,) = (frame.value for frame in app.dataframe)
    assert list(table["File"]) == ["Undo of prices.csv", "prices.csv"]
    assert list(table["State"]) == ["Done", "Done, undo done"]
    assert "this visit's demo site" in said(app)


def test_undo_without_a_run_leads_to_the_runs(app: AppTest) -> None:
    app.switch_page(UNDO).run()
    assert app.title[0].value == "Your runs"


def test_the_page_before_sending_says_what_and_promises_what(app: AppTest) -> None:
    to_submit(app, GOOD + "no-such-mug,1,,\n")
    words = said(app)
    assert "Fields that change: Price (3)" in words and "1 row of the file is left out" in words
    assert "About 1 second: 1 request to send, 1 to read back, at 100000 a minute" in words
    assert "Visitors see nothing until you publish." in words and "Nothing is ever deleted." in words


def test_a_batch_that_was_under_way_when_the_run_was_paused_says_so(app: AppTest) -> None:
    """Its answer was unclear, so it waits to be looked up and sent again."""
    to_submit(app, GOOD)
    run_to_the_end(app)
    with database().write() as records_:
        held = {"state": RunState.PAUSED, "wanted": Wanted.PAUSE, "lease_until": now() + 60, "owner": "another"}
        records_.execute(run.update().where(run.c.id == run_of(app)).values(held))
        doubtful = {"state": BatchState.SENDING, "updated": 0, "outcomes": ""}
        records_.execute(batch.update().where(batch.c.run_id == run_of(app)).values(doubtful))
    app.run()
    assert [list(table.value["State"]) for table in app.dataframe if "State" in table.value] == [["‖ Paused"]]
    assert "No batch is being sent right now" in said(app) and "Sending" not in said(app)


def test_the_items_of_the_batch_being_sent_are_shown_first(app: AppTest) -> None:
    to_submit(app, GOOD)
    slow(app, "PATCH", 3.0)
    click(app, "update")
    until(lambda: BatchState.SENDING in states(run_of(app)), "the batch is on its way")
    app.run()
    assert app.selectbox(key="live_batch").options == ["The batch being sent now", "Batch 1 of 1"]
    assert "Batch 1 of 1:" in said(app)
    assert "Sending: batch 1 of 1 is on the way" in [status.label for status in app.status]
    assert "0 of 3 items, about 1 second until all are sent" in "".join(
        str(bar.proto.text) for bar in app.get("progress")
    )
    wait_for_runs()


def states(run_id: str) -> list[BatchState]:
    found = views.run_of(database(), run_id)
    return [batch.state for batch in found.batches] if found else []


def test_a_run_that_this_app_takes_up_again_says_so(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    run_id, connection = run_of(app), visit(app).connection
    assert connection is not None
    with database().write() as records_:
        left = {"state": RunState.RUNNING, "is_demo": False, "lease_until": now() - 1, "owner": "gone"}
        records_.execute(run.update().where(run.c.id == run_id).values(left))
    process.current().demo.pop(run_id)
    process.current().connections[run_id] = connection
    assert "Flowsheet takes it up again by itself within half a minute." in said(another_visit(RESULTS, run_id))
    process.current().connections.pop(run_id)
    again = another_visit(RESULTS, run_id)
    assert "by itself" not in said(again)
    assert again.text_input(key=f"resume_{run_id}_token").label == "Site token"


def test_times_are_those_of_the_visitors_clock(app: AppTest) -> None:
    to_submit(app, GOOD)
    run_to_the_end(app)
    found = views.run_of(database(), run_of(app))
    assert found is not None
    assert f"{found.created_on:%H:%M} to {found.finished_on:%H:%M:%S} (UTC)" in said(app)
