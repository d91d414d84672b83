"""How a file was matched and settled is used for the next one with the same columns, said, and can be taken back."""

import pytest
from streamlit.testing.v1 import AppTest

from lib.workflow.destination import Chosen, Uploaded
from lib.workflow.matching import Matched
from pages.shared.own_runs import runs
from tests.pages.walk import click, press, run_to_the_end, said, stage, to_match, visit

JANUARY = "Slug,Kosten,Finish\nsea-glass-mug-small,23.75,Mattt\nsea-glass-mug-medium,24,Mattt\n"
STEPS_TO_SUBMIT = 2  # from Check on
FEBRUARY = "Finish,Slug,Kosten\nMattt,sea-glass-mug-small,26\nUnheard,sea-glass-mug-medium,27\n"


def fields(app: AppTest) -> dict[str, str | None]:
    return {match.column: match.field_slug for match in stage(app, Matched).mapping.matches}


def bring(app: AppTest, content: str) -> AppTest:
    """Send what there is, and import another file, up to Match."""
    for _ in range(STEPS_TO_SUBMIT):
        click(app, "next")
    run_to_the_end(app)
    press(app, "Import another file")
    app.file_uploader(key="file").set_value(("prices.csv", content.encode(), "text/csv"))
    app.run()
    return click(app, "next")


@pytest.fixture
def second(app: AppTest) -> AppTest:
    """The first file was matched by hand and a value of it settled; the second one has been brought."""
    to_match(app, JANUARY)
    app.selectbox(key="match-1").set_value("price").run()
    click(app, "next")
    app.session_state["part_error-Finish-No such option"] = True
    app.run()
    press(app, "Settle 1 value in 2 rows")
    return bring(app, FEBRUARY)


def test_the_next_file_is_matched_at_once_and_says_so(second: AppTest) -> None:
    assert fields(second) == {"Finish": "finish", "Slug": "slug", "Kosten": "price"}
    assert "Using your mapping from" in said(second) and "prices.csv" in said(second)


def test_it_can_be_matched_by_names_instead_and_that_is_remembered(second: AppTest) -> None:
    click(second, "match_anew")
    assert fields(second)["Kosten"] is None
    assert "Using your mapping" not in said(second)
    click(second, "next")
    assert runs().mappings(visit(second).way_in, stage(second, Chosen).collection).all() == ()


def test_the_same_values_are_settled_as_before_with_one_click(second: AppTest) -> None:
    click(second, "next")
    assert "1 value you decided about before" in said(second)
    press(second, "Settle 1 value in 1 cell as before")
    assert list(stage(second, Uploaded).edited.frame["Finish"]) == ["Matt", "Unheard"]
    assert "decided about before" not in said(second)
    click(second, "undo_edit")
    assert "1 value you decided about before" in said(second)


def test_mappings_are_listed_renamed_and_deleted(second: AppTest) -> None:
    mappings = runs().mappings(visit(second).way_in, stage(second, Chosen).collection)
    (kept,) = mappings.all()
    second.session_state["part_mappings"] = True
    second.run()
    assert "3 columns, 1 value decided" in said(second)
    second.session_state["part_mappings"] = True
    second.text_input(key=f"mapping-{kept.id}").set_value("Monthly prices").run()
    assert [one.name for one in mappings.all()] == ["Monthly prices"]
    second.session_state["part_mappings"] = True
    second.run()
    click(second, f"delete-{kept.id}")
    assert mappings.all() == ()


def test_a_file_that_its_names_match_leaves_nothing_behind(app: AppTest) -> None:
    to_match(app, "Slug,Price\nsea-glass-mug-small,23.75\n")
    click(app, "next")
    assert runs().mappings(visit(app).way_in, stage(app, Chosen).collection).all() == ()
