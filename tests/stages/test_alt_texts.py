"""Columns of alt texts: found by their names, about the image of their row, and never about another one."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from lib.fields import ReadContext
from lib.model.checked import Checked
from lib.model.collection import FieldType
from lib.model.mapping import Blanks, ColumnMapping, Match
from lib.model.plan import Plan, SendChoices
from lib.model.problem import Severity
from lib.stages.blanks import would_erase
from lib.stages.check import check
from lib.stages.diff import change_table
from lib.stages.key import key_candidates
from lib.stages.match import match_columns
from lib.stages.plan import plan_changes
from lib.stages.reuse import is_decided
from lib.stages.wrong_cells import without, wrong_cells
from tests.builders import a_collection, a_field, a_sheet, an_item

PHOTO = a_field("main-image", FieldType.IMAGE)
COLLECTION = a_collection(PHOTO, a_field("note"))
OLD, NEW = "https://x.example/old.jpg", "https://x.example/new.jpg"
RED = {"fileId": "1", "url": OLD, "alt": "Red"}
BARE = {"fileId": "1", "url": OLD, "alt": None}
ALT = "alt:main-image"


def a_mapping(columns: Sequence[str], blanks: Blanks = Blanks.KEEP) -> ColumnMapping:
    slugs = {"Slug": "slug", "Image": "main-image", "Alt": ALT, "Note": "note"}
    matches = (Match(column=column, field_slug=slugs[column], blanks=blanks) for column in columns)
    return ColumnMapping(matches=tuple(matches), key_column="Slug")


def checked(cells: Mapping[str, str], held: Any, blanks: Blanks = Blanks.KEEP) -> Checked:
    columns = {"Slug": ["item-1"], **{column: [text] for column, text in cells.items()}}
    items = [an_item(1, {"main-image": held} if held else {})]
    return check(a_sheet(columns), a_mapping(list(columns), blanks), COLLECTION, items, ReadContext())


def planned(found: Checked) -> Plan:
    return plan_changes(found, COLLECTION, SendChoices(), leave_out_errors=True)


@pytest.mark.parametrize(
    ("header", "slug"),
    [
        ("Alt text of Main image", ALT),
        ("Main image alt", ALT),
        ("main-image-alt", ALT),
        ("MAIN IMAGE ALT TEXT", ALT),
        ("Main image: alt-text", ALT),
        ("Alt (Main image)", ALT),
        ("Main image", "main-image"),
        ("Alt", None),
        ("Main image old", None),
        ("Note alt", None),
    ],
)
def test_a_column_named_after_an_image_and_its_alt_text_feeds_it(header: str, slug: str | None) -> None:
    (match,) = match_columns(
        a_sheet({header: ["Red"]}) if slug != "main-image" else a_sheet({header: [OLD]}), COLLECTION
    ).matches
    assert match.field_slug == slug


def test_a_field_of_the_collection_with_such_a_name_wins() -> None:
    own = a_field("main-image-alt", display_name="Main image alt")
    both = a_sheet({"Main image alt": ["x"], "main_image_alt": ["y"], "Alt text of Main image": ["z"]})
    mapping = match_columns(both, a_collection(PHOTO, own))
    assert [match.field_slug for match in mapping.matches] == ["main-image-alt", None, ALT]
    read_only = a_field("main-image-alt", display_name="Main image alt", is_editable=False)
    assert match_columns(a_sheet({"Main image alt": ["x"]}), a_collection(PHOTO, read_only)).matches[0].is_ignored


def test_addresses_are_no_alt_texts_and_an_alt_text_finds_no_item() -> None:
    sheet = a_sheet({"Bild alt": [OLD, NEW]})
    assert match_columns(sheet, a_collection(a_field("bild", FieldType.IMAGE))).matches[0].is_ignored
    mapping = match_columns(a_sheet({"Main image alt": ["Red"]}), COLLECTION)
    assert key_candidates(mapping, COLLECTION) == ()
    assert not is_decided(mapping, a_sheet({"Main image alt": ["Red"]}), COLLECTION)


@pytest.mark.parametrize(
    ("cells", "held", "after"),
    [
        ({"Alt": "Blue"}, RED, {"url": OLD, "alt": "Blue"}),
        ({"Alt": "Red"}, RED, None),
        ({"Alt": ""}, RED, None),
        ({"Alt": "Blue"}, BARE, {"url": OLD, "alt": "Blue"}),
        ({"Image": "", "Alt": "Blue"}, RED, {"url": OLD, "alt": "Blue"}),
        ({"Image": OLD, "Alt": "Blue"}, RED, {"url": OLD, "alt": "Blue"}),
        ({"Image": OLD, "Alt": "Red"}, RED, None),
        ({"Image": OLD, "Alt": ""}, RED, None),
        ({"Image": NEW, "Alt": "Blue"}, RED, {"url": NEW, "alt": "Blue"}),
        ({"Image": NEW, "Alt": "Red"}, RED, {"url": NEW, "alt": "Red"}),
        ({"Image": NEW, "Alt": ""}, RED, {"url": NEW, "alt": "Red"}),
        ({"Image": NEW}, RED, {"url": NEW, "alt": "Red"}),
        ({"Image": NEW, "Alt": "Blue"}, None, {"url": NEW, "alt": "Blue"}),
        ({"Image": NEW, "Alt": ""}, None, {"url": NEW}),
    ],
)
def test_address_and_alt_text_of_a_row_become_one_value(cells: dict[str, str], held: Any, after: Any) -> None:
    found = checked(cells, held)
    assert found.problems == ()
    assert [dict(change.after) for change in planned(found).changes] == ([{"main-image": after}] if after else [])


@pytest.mark.parametrize(
    ("cells", "held", "after"),
    [
        ({"Alt": ""}, RED, {"url": OLD}),
        ({"Image": OLD, "Alt": ""}, RED, {"url": OLD}),
        ({"Image": NEW, "Alt": ""}, RED, {"url": NEW}),
        ({"Image": "", "Alt": ""}, RED, None),
    ],
)
def test_an_empty_cell_takes_an_alt_text_away_only_where_that_was_chosen(
    cells: dict[str, str], held: Any, after: Any
) -> None:
    assert [dict(c.after) for c in planned(checked(cells, held, Blanks.CLEAR)).changes] == [{"main-image": after}]
    assert planned(checked({"Alt": ""}, BARE, Blanks.CLEAR)).changes == ()
    sheet = a_sheet({"Alt": [""]})
    assert would_erase(sheet.frame["Alt"], checked({"Alt": ""}, RED).items, ALT) == 1


@pytest.mark.parametrize(
    ("cells", "held", "blanks", "told"),
    [
        ({"Alt": "Blue"}, None, Blanks.KEEP, ["Alt"]),
        ({"Image": "", "Alt": "Blue"}, None, Blanks.KEEP, ["Alt"]),
        ({"Image": "", "Alt": "Blue"}, RED, Blanks.CLEAR, ["Alt"]),
        ({"Image": "no address", "Alt": "Blue"}, RED, Blanks.KEEP, ["Image"]),
        ({"Image": NEW, "Alt": NEW}, RED, Blanks.KEEP, ["Alt"]),
    ],
)
def test_words_without_their_image_are_a_problem_and_are_never_sent(
    cells: dict[str, str], held: Any, blanks: Blanks, told: list[str]
) -> None:
    found = checked(cells, held, blanks)
    errors = [problem for problem in found.problems if problem.severity is Severity.ERROR]
    assert ([problem.column for problem in errors], [problem.rows for problem in errors]) == (told, [(2,)])
    assert planned(found).changes == ()


@pytest.mark.parametrize(
    ("cells", "after"),
    [
        ({"Image": "no address", "Alt": "Blue", "Note": "new"}, {"note": "new"}),
        ({"Image": NEW, "Alt": NEW, "Note": "new"}, {"note": "new", "main-image": {"url": NEW, "alt": "Red"}}),
    ],
)
def test_without_a_wrong_address_the_item_keeps_its_image_with_its_own_words(cells: dict[str, str], after: Any) -> None:
    found, of = checked(cells, RED), a_mapping(["Slug", *cells])
    left = without(found, wrong_cells(found, of, COLLECTION), of)
    assert [dict(change.after) for change in planned(left).changes] == [after]


def test_a_row_without_an_item_has_one_problem() -> None:
    sheet = a_sheet({"Slug": ["nobody"], "Alt": ["Blue"]})
    found = check(sheet, a_mapping(["Slug", "Alt"]), COLLECTION, [an_item(1)], ReadContext())
    assert len(found.problems) == 1


def test_the_preview_says_both_alt_texts_and_that_the_image_is_imported_again() -> None:
    plan = planned(checked({"Alt": "Blue"}, RED))
    (line,) = change_table(plan, COLLECTION, ReadContext()).to_dict("records")
    assert (line["field"], line["now"], line["after"]) == ("Main image", f"{OLD} alt: “Red”", f"{OLD} alt: “Blue”")
    assert (line["effect"], line["risk"]) == ("changed", "imported")
