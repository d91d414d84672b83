"""Out of Webflow, through a spreadsheet, and back: what nobody edited changes nothing, five edits change five cells."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.fields import ReadContext
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.plan import Plan, SendChoices
from lib.model.row_status import RowStatus
from lib.reports.addresses import redirects
from lib.reports.export import export_csv, export_excel, export_table
from lib.reports.results import with_item_ids
from lib.stages.check import check
from lib.stages.key import choose_key
from lib.stages.match import match_columns
from lib.stages.plan import plan_changes
from lib.webflow.wire import update_body
from lib.words.language import Language, speaking
from tests.builders import a_collection, a_field, an_id, an_item
from tests.conftest import Door
from tests.fields.test_comparing import VALUES
from tests.fields.test_reading import AROUND, CHOICES, REFERS, TIMED
from tests.reading import read_sheet

EVERY_TYPE = a_collection(
    *(a_field(f"f-{type.value.lower()}", type, validations={**CHOICES, **REFERS, **TIMED}) for type in VALUES)
)
TEXTS = {
    slug: a_collection(EVERY_TYPE.field(slug)) for slug in ("f-plaintext", "f-phone", "f-richtext", "f-email", "f-link")
}
MOMENT = datetime(2026, 3, 1, 12, 0, 0, 859_000, tzinfo=UTC)


def damaged(content: bytes) -> bytes:
    """What Excel on a German Windows makes of a CSV: semicolons, TRUE and FALSE, "?" for letters it does not have."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    shouted = [[{"true": "TRUE", "false": "FALSE"}.get(cell, cell) for cell in row] for row in rows]
    target = io.StringIO()
    csv.writer(target, delimiter=";").writerows(shouted)
    return target.getvalue().encode("cp1252", errors="replace")


def trimmed(content: bytes) -> bytes:
    """Empty cells at the end of rows cut off."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    target = io.StringIO()
    csv.writer(target).writerows([row[: max((n for n, c in enumerate(row, 1) if c), default=1)] for row in rows])
    return target.getvalue().encode()


def planned(content: bytes, collection: Collection, items: Sequence[Item], context: ReadContext) -> Plan:
    sheet = read_sheet("export", content)
    mapping = choose_key(sheet, match_columns(sheet, collection), collection, items)
    found = check(sheet, mapping, collection, items, context)
    return plan_changes(found, collection, SendChoices(), leave_out_errors=True)


@some.composite
def collections_of_items(draw: some.DrawFn) -> list[Item]:
    count = draw(some.integers(1, 4))
    items = []
    for number in range(1, count + 1):
        data = {f"f-{t.value.lower()}": draw(some.none() | values) for t, values in VALUES.items()}
        held = {slug: value for slug, value in data.items() if value is not None}
        flags = {"is_draft": draw(some.booleans()), "is_archived": draw(some.booleans())}
        items.append(an_item(number, held, last_updated=MOMENT, created_on=MOMENT, **flags))
    return items


@pytest.mark.parametrize("write", [export_csv, export_excel], ids=["csv", "excel"])
@given(items=collections_of_items())
def test_an_unedited_download_plans_nothing(write: Callable[..., bytes], items: list[Item]) -> None:
    plan = planned(write(EVERY_TYPE, items, AROUND), EVERY_TYPE, items, AROUND)
    assert plan.changes == ()
    assert plan.counts[RowStatus.UNCHANGED] == len(items)


@pytest.mark.parametrize("write", [export_csv, export_excel], ids=["csv", "excel"])
@given(items=collections_of_items(), alt=some.text("aé “|;,=1\n", min_size=1, max_size=9), edit=some.booleans())
def test_an_alt_text_comes_back_as_it_was_and_an_edited_one_changes_exactly_that(
    write: Callable[..., bytes], items: list[Item], alt: str, edit: bool
) -> None:
    image = {"fileId": "1", "url": "https://x.example/1.jpg", "alt": alt}
    described = [replace(item, field_data={**item.field_data, "f-image": image}) for item in items]
    table = read_sheet("export", write(EVERY_TYPE, described, AROUND)).frame
    if edit:
        table.loc[2, "Alt text of F image"] = "Something else"
    plan = planned(table.to_csv(index=False).encode(), EVERY_TYPE, described, AROUND)
    after = {"f-image": {"url": "https://x.example/1.jpg", "alt": "Something else"}}
    assert [(change.row, dict(change.after)) for change in plan.changes] == ([(2, after)] if edit else [])


@pytest.mark.parametrize("write", [export_csv, export_excel], ids=["csv", "excel"])
def test_a_download_in_another_language_comes_back_unchanged_in_every_language(write: Callable[..., bytes]) -> None:
    image = {"fileId": "1", "url": "https://x.example/1.jpg", "alt": "A chair"}
    items = [an_item(1, {"f-image": image, "f-switch": True, "f-number": 1.5})]
    with speaking(Language.GERMAN):
        table = read_sheet("export", write(EVERY_TYPE, items, AROUND)).frame
    unedited, edited = table.copy(), table.assign(**{"Alt text of F image": "A stool"})
    for language in Language:
        with speaking(language):
            plans = [planned(one.to_csv(index=False).encode(), EVERY_TYPE, items, AROUND) for one in (unedited, edited)]
        assert [len(plan.changes) for plan in plans] == [0, 1]


@pytest.mark.parametrize("damage", [damaged, trimmed])
def test_a_demo_export_survives_what_spreadsheets_do_to_it(demo: Door, damage: Callable[[bytes], bytes]) -> None:
    collection, items, context = everything(demo, "products")
    plan = planned(damage(export_csv(collection, items, context)), collection, items, context)
    assert plan.changes == ()
    assert plan.counts == {RowStatus.UNCHANGED: 480}


@pytest.mark.parametrize("slug", ["categories", "makers", "products", "journal"])
@pytest.mark.parametrize("write", [export_csv, export_excel], ids=["csv", "excel"])
def test_every_demo_collection_comes_back_unchanged(demo: Door, slug: str, write: Callable[..., bytes]) -> None:
    collection, items, context = everything(demo, slug)
    plan = planned(write(collection, items, context), collection, items, context)
    assert (plan.changes, plan.counts[RowStatus.UNCHANGED]) == ((), len(items))


def test_five_edited_cells_send_exactly_five_cells(demo: Door) -> None:
    collection, items, context = everything(demo, "products")
    table = export_table(collection, items, context)
    edits = {
        (0, "Price"): "1.5",
        (3, "On sale"): "ja",
        (3, "Finish"): "raw",
        (9, "Glaze"): "teal",
        (20, "Summary"): "New.",
    }
    for (row, column), text in edits.items():
        table.loc[row, column] = text
    before = export_table(collection, items, context)
    changed = int((table != before).sum().sum())
    plan = planned(table.to_csv(index=False).encode(), collection, items, context)
    cells = [slug for entry in update_body(plan.changes)["items"] for slug in entry["fieldData"]]
    assert changed == 5
    assert sorted(cells) == ["finish", "glaze", "on-sale", "price", "summary"]


def test_excel_offers_the_options() -> None:
    import zipfile

    content = export_excel(EVERY_TYPE, [an_item(1)], AROUND)
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"<dataValidation" in sheet and b"Options!" in sheet


def test_the_header_is_the_one_of_webflows_own_export() -> None:
    table = export_table(EVERY_TYPE, [replace(an_item(1), last_updated=MOMENT)], AROUND)
    own = ["Name", "Slug", "Collection ID", "Locale ID", "Item ID", "Archived", "Draft"]
    assert list(table.columns)[:10] == [*own, "Created On", "Updated On", "Published On"]
    assert table.at[0, "Updated On"] == "Sun Mar 01 2026 12:00:00 GMT+0000 (Coordinated Universal Time)"


def test_item_ids_are_filled_in_where_they_were_found() -> None:
    sheet = read_sheet("a.csv", b"Slug,Price\nitem-1,1\nnobody,2\n")
    filled = with_item_ids(sheet, pd.Series([an_id(1), ""], index=sheet.frame.index, dtype="str"))
    assert filled.to_numpy().tolist() == [[an_id(1), "item-1", "1"], ["", "nobody", "2"]]


def test_pages_that_move_are_listed_for_redirects() -> None:
    plan = planned(b"Item ID,Slug\n%s,new-address\n" % an_id(1).encode(), EVERY_TYPE, [an_item(1)], AROUND)
    assert redirects(plan, EVERY_TYPE).to_numpy().tolist() == [["Item 1", "/posts/item-1", "/posts/new-address"]]


def everything(demo: Door, slug: str) -> tuple[Collection, list[Item], ReadContext]:
    with demo.client() as webflow:
        collection = webflow.collection(demo.collection_id(slug))
        wanted = {field.target_collection_id for field in collection.fields if field.target_collection_id}
        targets = {target: list(webflow.items(target)) for target in wanted}
        return collection, list(webflow.items(collection.id)), ReadContext(targets=targets, time_zone="Europe/Berlin")


def test_a_text_too_long_for_excel_is_named_and_never_cut() -> None:
    long = "<p>" + "word " * 8_000 + "</p>"
    items = [an_item(1, {"f-richtext": long}), an_item(2, {"f-richtext": "<p>short</p>"})]
    content = export_excel(EVERY_TYPE, items, AROUND)
    sheet = read_sheet("a.xlsx", content)
    notes = read_sheet("a.xlsx", content, tab="Texts Excel cannot hold")
    assert list(sheet.frame["F richtext"]) == ["", "<p>short</p>"]
    assert notes.frame.to_numpy().tolist() == [["2", "F richtext", f"{len(long)}"]]
    assert planned(content, EVERY_TYPE, items, AROUND).changes == ()


@pytest.mark.parametrize("write", [export_csv, export_excel], ids=["csv", "excel"])
@pytest.mark.parametrize("text", ["'=1", "''=1", "'-5", "-5", "=1", "'", "'quoted'", "+49", "@x"])
def test_quotes_and_signs_at_the_start_come_back_as_they_were(write: Callable[..., bytes], text: str) -> None:
    items, collection = [an_item(1, {"f-plaintext": text})], TEXTS["f-plaintext"]
    content = write(collection, items, AROUND)
    assert list(read_sheet("a", content).frame["F plaintext"]) == [text]
    assert planned(content, collection, items, AROUND).changes == ()


NASTY = [
    '="x"',
    "#N/A",
    "1.000",
    "01/02/2024",
    "Tom &amp; Ida",
    "# Head\n\n- **a**\n- b",
    "a\u00a0b",
    "\U0001f468\u200d\U0001f469",
    "a\u200fb",
    "a\rb",
    " x ",
    "SÃO PAULO Ã©",
    "x" * 32_767,
    "1E+05",
    "TRUE",
]


@pytest.mark.parametrize("write", [export_csv, export_excel], ids=["csv", "excel"])
@pytest.mark.parametrize("slug", TEXTS)
@pytest.mark.parametrize("text", NASTY, ids=lambda text: repr(text)[:20])
def test_texts_that_look_damaged_come_back_as_they_were(write: Callable[..., bytes], slug: str, text: str) -> None:
    items, collection = [an_item(1, {slug: text})], TEXTS[slug]
    plan = planned(write(collection, items, AROUND), collection, items, AROUND)
    assert (plan.changes, plan.counts[RowStatus.UNCHANGED]) == ((), 1)
