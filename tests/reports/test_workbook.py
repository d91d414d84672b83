"""The current items as a workbook: real numbers, days, yes and no; and it still comes back as nothing at all."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from python_calamine import CalamineWorkbook

from lib.fields import ReadContext
from lib.model.collection import FieldType
from lib.model.item import Item
from lib.model.row_status import RowStatus
from lib.reports.export import export_excel
from tests.builders import a_collection, a_field, an_id, an_item
from tests.fields.test_comparing import VALUES, WORDS
from tests.fields.test_reading import CHOICES, MAKERS, PEOPLE, REFERS, TIMED
from tests.reports.test_round_trip import planned

DAYS: dict[str, object] = {}
EVERY_TYPE = a_collection(
    *(a_field(f"f-{type.value.lower()}", type, validations={**CHOICES, **REFERS, **TIMED}) for type in VALUES),
    a_field("day", FieldType.DATE_TIME, validations=DAYS),
)
ZONES = ["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu", "Nowhere/Here"]
MOMENTS = some.datetimes(min_value=datetime(1000, 1, 2), max_value=datetime(9999, 12, 31, 23, 59, 59))
MIDNIGHTS = MOMENTS.map(lambda moment: moment.replace(hour=0, minute=0, second=0, microsecond=0))
CLOCK_CHANGES = some.datetimes(datetime(2026, 10, 25), datetime(2026, 10, 25, 4))
STORED = (MOMENTS | MIDNIGHTS | CLOCK_CHANGES).map(lambda moment: moment.isoformat(timespec="milliseconds") + "Z")
LONG = {"(just fits)": "x" * 32_766, "(full)": "x" * 32_767, "(longer)": "x" * 40_000, "(pairs)": "\U0001f600" * 16_384}
SIGNED = some.tuples(some.sampled_from(["=", "'", "'=", "+", "@", "-", "'\u00a0=", '="', "_x0041_"]), WORDS).map(
    "".join
)
ODD: dict[FieldType, some.SearchStrategy[Any]] = VALUES | {
    FieldType.PLAIN_TEXT: WORDS
    | SIGNED
    | some.sampled_from(sorted(LONG))
    | some.sampled_from(["007", "1E+05", "TRUE", "2026-01-01", "12,50"]),
    FieldType.NUMBER: some.integers(-(10**20), 10**20) | some.floats(allow_nan=False, allow_infinity=False),
    FieldType.DATE_TIME: STORED,
}


@some.composite
def held(draw: some.DrawFn) -> dict[str, Any]:
    types = {f"f-{type.value.lower()}": values for type, values in ODD.items()} | {"day": STORED}
    data = {slug: draw(some.none() | values) for slug, values in types.items()}
    return {slug: value for slug, value in data.items() if value is not None}


EDGES = (
    {"day": "1899-12-31T00:00:00.000Z"},
    {"day": "1900-02-28T00:00:00.000Z"},
    {"day": "9999-12-31T23:59:59.000Z"},
    *({"f-number": number} for number in (1e15, 0.1 + 0.2, 5e-324, -0.0)),
)


@given(zone=some.sampled_from(ZONES), data=some.lists(held(), min_size=1, max_size=3))
def test_nothing_that_nobody_edited_is_changed_in_any_time_zone(zone: str, data: list[dict[str, Any]]) -> None:
    nothing_is_changed(zone, data)


@pytest.mark.parametrize("zone", ZONES)
def test_nor_is_a_value_at_the_edge_of_what_excel_knows(zone: str) -> None:
    nothing_is_changed(zone, EDGES)


def nothing_is_changed(zone: str, data: Sequence[dict[str, Any]]) -> None:
    items = [
        an_item(number, {slug: LONG.get(str(value), value) for slug, value in held.items()})
        for number, held in enumerate(data, 1)
    ]
    context = ReadContext(targets={MAKERS: PEOPLE}, time_zone=zone)
    plan = planned(export_excel(EVERY_TYPE, items, context), EVERY_TYPE, items, context)
    assert plan.changes == ()
    assert plan.counts[RowStatus.UNCHANGED] == len(items)


def cells(items: list[Item], *fields: Any, zone: str = "Europe/Berlin") -> list[list[Any]]:
    content = export_excel(a_collection(*fields), items, ReadContext(targets={MAKERS: PEOPLE}, time_zone=zone))
    found: list[list[Any]] = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return found


@pytest.mark.parametrize(
    ("type", "rules", "value", "cell"),
    [
        (FieldType.NUMBER, {}, 12.5, 12.5),
        (FieldType.NUMBER, {}, 999_999_999_999_999, 999_999_999_999_999.0),
        (FieldType.NUMBER, {}, 1_000_000_000_000_001, "1000000000000001"),
        (FieldType.NUMBER, {}, 0.1 + 0.2, "0.30000000000000004"),
        (FieldType.NUMBER, {}, 5e-324, "5e-324"),
        (FieldType.SWITCH, {}, True, True),
        (FieldType.SWITCH, {}, False, False),
        (FieldType.SWITCH, {}, None, ""),
        (FieldType.DATE_TIME, DAYS, "2026-07-01T00:00:00.000Z", date(2026, 7, 1)),
        (FieldType.DATE_TIME, DAYS, "2026-07-01T10:30:00.000Z", datetime(2026, 7, 1, 12, 30)),
        (FieldType.DATE_TIME, DAYS, "2026-06-30T22:00:00.000Z", "2026-06-30T22:00:00Z"),
        (FieldType.DATE_TIME, TIMED, "2026-06-30T22:00:00.000Z", date(2026, 7, 1)),
        (FieldType.DATE_TIME, TIMED, "2026-07-01T10:30:15.859Z", datetime(2026, 7, 1, 12, 30, 15)),
        (FieldType.DATE_TIME, TIMED, "2026-10-25T00:30:00.000Z", "2026-10-25T00:30:00Z"),
        (FieldType.DATE_TIME, DAYS, "1899-12-31T00:00:00.000Z", "1899-12-31"),
        (FieldType.DATE_TIME, DAYS, "1900-02-28T00:00:00.000Z", "1900-02-28"),
        (FieldType.DATE_TIME, DAYS, "1900-03-01T00:00:00.000Z", date(1900, 3, 1)),
        (FieldType.PLAIN_TEXT, {}, "007", "007"),
        (FieldType.PLAIN_TEXT, {}, "=1+1", "=1+1"),
        (FieldType.PHONE, {}, "+49 30 1234", "+49 30 1234"),
    ],
)
def test_a_value_is_what_spreadsheets_know_or_its_text(
    type: FieldType, rules: dict[str, object], value: object, cell: object
) -> None:
    item = an_item(1, {} if value is None else {"f": value})
    header, row = cells([item], a_field("f", type, validations=rules))
    assert row[header.index("F")] == cell
    assert isinstance(row[header.index("F")], bool) == isinstance(cell, bool)


def test_what_nobody_edits_stands_at_the_end() -> None:
    moment = datetime(2026, 3, 1, 12, 0, 0, 859_000, tzinfo=UTC)
    header, row = cells([an_item(1, created_on=moment, is_draft=True)], a_field("f", FieldType.NUMBER))
    technical = [
        "Collection ID",
        "Locale ID",
        "Item ID",
        "Archived",
        "Draft",
        "Created On",
        "Updated On",
        "Published On",
    ]
    assert header == ["Name", "Slug", "F", *technical]
    assert row[header.index("Item ID") :][:4] == [an_id(1), False, True, datetime(2026, 3, 1, 12)]


def parts(content: bytes) -> dict[str, str]:
    package = zipfile.ZipFile(io.BytesIO(content))
    return {name: package.read(name).decode() for name in package.namelist()}


def test_it_is_made_to_be_worked_in() -> None:
    context = ReadContext(targets={MAKERS: PEOPLE}, time_zone="Europe/Berlin")
    items = [an_item(1, {"f-datetime": "2026-07-01T10:30:00.000Z", "f-plaintext": "007"})]
    files = parts(export_excel(EVERY_TYPE, items, context))
    sheet = files["xl/worksheets/sheet1.xml"]
    assert 'state="frozen"' in sheet
    lists = re.findall(r'<dataValidation type="list"', sheet)
    assert len(lists) == 5, "option, reference, switch, Archived, Draft"
    assert "Times are those of your site: Europe/Berlin." in sheet
    assert not [name for name, text in files.items() if re.search(r"<f[ >]", text)], "no formula anywhere"
    options = CalamineWorkbook.from_filelike(io.BytesIO(export_excel(EVERY_TYPE, items, context))).get_sheet_by_index(1)
    assert {cell for row in options.to_python() for cell in row} >= {"Café", "Dup", "hammer", "zoe", True, False}


def test_what_is_typed_into_an_empty_cell_is_what_its_column_holds() -> None:
    """Text columns keep 007 and 1-2 as typed; in others a number is a number, also where all cells were empty."""
    content = export_excel(
        a_collection(a_field("code"), a_field("price", FieldType.NUMBER)), [an_item(1)], ReadContext()
    )
    files = parts(content)
    styles = re.findall(r'<xf numFmtId="(\d+)"', files["xl/styles.xml"].split("<cellXfs")[1])
    blank = {place: styles[int(style)] for place, style in re.findall(r'<c r="([CD]2)" s="(\d+)"/>', sheet_of(files))}
    columns = re.findall(r'<col min="(\d+)" max="(\d+)" width="[\d.]+" (?:style="(\d+)" )?', sheet_of(files))
    usual = {n: styles[int(style or 0)] for low, high, style in columns for n in range(int(low), int(high) + 1)}
    assert blank == {"C2": "49", "D2": "0"}
    assert (usual[3], usual[4]) == ("49", "0")


def sheet_of(files: dict[str, str]) -> str:
    return files["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize(("number", "is_offered"), [(500, True), (501, False)])
def test_only_references_that_fit_into_a_list_are_offered(number: int, is_offered: bool) -> None:
    context = ReadContext(targets={MAKERS: [an_item(n) for n in range(1, number + 1)]})
    collection = a_collection(a_field("f", FieldType.REFERENCE, validations=REFERS))
    sheet = parts(export_excel(collection, [an_item(1)], context))["xl/worksheets/sheet1.xml"]
    assert sheet.count('type="list"') == 2 + is_offered
