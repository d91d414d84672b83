"""What is said of a whole column and what a field keeps reach the check and the plan."""

from lib.fields import ReadContext
from lib.model.collection import FieldType
from lib.model.mapping import Blanks, ColumnMapping, Match
from lib.model.plan import SendChoices
from lib.model.problem import problem_table
from lib.stages.check import check
from lib.stages.plan import plan_changes
from tests.builders import a_collection, a_field, a_sheet, an_item


def a_mapping(column: str, slug: str, blanks: Blanks = Blanks.KEEP) -> ColumnMapping:
    return ColumnMapping(
        matches=(Match(column="slug", field_slug="slug"), Match(column=column, field_slug=slug, blanks=blanks)),
        key_column="slug",
    )


def test_a_column_with_dates_of_both_orders_is_told_once() -> None:
    collection = a_collection(a_field("day", FieldType.DATE_TIME))
    items = [an_item(number) for number in (1, 2)]
    sheet = a_sheet({"slug": ["item-1", "item-2"], "Day": ["03/14/2026", "14/03/2026"]})
    checked = check(sheet, a_mapping("Day", "day"), collection, items, ReadContext())
    (line,) = problem_table(checked.problems).to_dict("records")
    assert (line["column"], line["severity"]) == ("Day", "warning")
    assert "day first: 1; with the month first: 1" in line["fix"]
    plan = plan_changes(checked, collection, SendChoices(), leave_out_errors=False)
    assert [change.after["day"][:10] for change in plan.changes] == ["2026-03-14", "2026-03-14"]


def test_a_cell_of_invisible_characters_clears_like_a_blank_one() -> None:
    collection = a_collection(a_field("text"))
    sheet = a_sheet({"slug": ["item-1"], "Text": ["\u200b\u200e"]})
    items = [an_item(1, {"text": "Old"})]
    checked = check(sheet, a_mapping("Text", "text", Blanks.CLEAR), collection, items, ReadContext())
    plan = plan_changes(checked, collection, SendChoices(), leave_out_errors=False)
    assert (checked.problems, [change.after for change in plan.changes]) == ((), [{"text": None}])


def test_images_that_stay_in_a_gallery_are_planned_with_their_alt_texts() -> None:
    collection = a_collection(a_field("gallery", FieldType.MULTI_IMAGE))
    live = [{"fileId": "1", "url": "https://c.example/1.jpg", "alt": "Red"}]
    sheet = a_sheet({"slug": ["item-1"], "Gallery": ["https://c.example/2.jpg; https://c.example/1.jpg"]})
    items = [an_item(1, {"gallery": live})]
    checked = check(sheet, a_mapping("Gallery", "gallery"), collection, items, ReadContext())
    (change,) = plan_changes(checked, collection, SendChoices(), leave_out_errors=False).changes
    assert change.after["gallery"] == [
        {"url": "https://c.example/2.jpg"},
        {"url": "https://c.example/1.jpg", "alt": "Red"},
    ]
