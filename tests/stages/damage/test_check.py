"""Damaged cells hold their rows until a person decides otherwise, and undamaged ones are never noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.fields import ReadContext
from lib.model.checked import Checked
from lib.model.collection import FieldType
from lib.model.mapping import ColumnMapping, Match
from lib.model.problem import Severity
from lib.stages.check import check
from lib.stages.damage import accept, decisions
from tests.builders import a_collection, a_field, a_sheet, an_item
from tests.reading import read_sheet

COLLECTION = a_collection(a_field("note"), a_field("phone", FieldType.PHONE), a_field("body", FieldType.RICH_TEXT))
MAPPING = ColumnMapping(
    matches=(Match(column="Slug", field_slug="slug"), Match(column="Cell", field_slug="note")), key_column="Slug"
)


def checked(cells: list[str], held: list[str | None], mapping: ColumnMapping = MAPPING, field: str = "note") -> Checked:
    slugs = [f"item-{number}" for number in range(1, len(cells) + 1)]
    items = [an_item(number, {field: text} if text else {}) for number, text in enumerate(held, 1)]
    matches = (mapping.matches[0], Match(column="Cell", field_slug=field, choices=mapping.matches[1].choices))
    own = ColumnMapping(matches=matches, key_column="Slug")
    return check(a_sheet({"Slug": slugs, "Cell": cells}), own, COLLECTION, items, ReadContext())


def told(found: Checked) -> list[tuple[str, Severity, tuple[int, ...]]]:
    return [(problem.kind, problem.severity, tuple(problem.rows)) for problem in found.problems]


def test_a_damaged_text_holds_its_row_and_says_what_the_item_has() -> None:
    found = checked(["CafÃ© chair", "Oak"], ["Café chair", "Pine"])
    (problem,) = found.problems
    assert told(found) == [("Letters were damaged on the way", Severity.ERROR, (2,))]
    assert (problem.column, problem.values) == ("Cell", ("CafÃ© chair",))
    assert "The item holds “Café chair”" in problem.fix[0]
    assert list(found.error_rows) == [2]


def test_a_person_may_use_the_files_text_all_the_same_and_take_that_back() -> None:
    found = checked(["CafÃ© chair", "1E+05"], ["Café chair", "100000"])
    letters, number = decisions(found.problems, MAPPING)
    assert (letters.kind, letters.cells, letters.accepted) == ("Letters were damaged on the way", 1, False)
    decided = accept(MAPPING, letters)
    again = checked(["CafÃ© chair", "1E+05"], ["Café chair", "100000"], decided)
    assert told(again) == [
        (letters.kind, Severity.WARNING, (2,)),
        (number.kind, Severity.ERROR, (3,)),
    ]
    assert [one.accepted for one in decisions(again.problems, decided)] == [True, False]
    assert accept(decided, letters) == MAPPING


@pytest.mark.parametrize(
    ("cell", "held", "kind", "severity"),
    [
        ("CafÃ©", None, "Letters look damaged", Severity.WARNING),
        ("CafÃ© noir", "Tea", "Letters look damaged", Severity.WARNING),
        ("5,58199E+12", None, "A number in scientific notation", Severity.WARNING),
        ('="0612345678"', None, "A formula around the text", Severity.WARNING),
        ("x" * 32_767, None, "A full cell", Severity.WARNING),
        ("2026-10-12", "Small", "A date where the field holds text", Severity.WARNING),
        ("12-Oct", None, "A date where the field holds text", Severity.WARNING),
    ],
)
def test_unmistakable_marks_are_told_where_nothing_says_what_the_text_was(
    cell: str, held: str | None, kind: str, severity: Severity
) -> None:
    assert told(checked([cell], [held])) == [(kind, severity, (2,))]


def test_a_field_that_holds_dates_may_hold_another_one() -> None:
    assert told(checked(["2026-10-12", ""], ["2026-01-01", "2026-02-02"])) == []


@pytest.mark.parametrize("text", ["CafÃ©", "5.58E+12", '="a"', "x" * 32_767, "2026-10-12", "Caf\ufffd"])
@pytest.mark.parametrize("field", ["note", "phone", "body"])
def test_what_the_item_holds_is_never_told_however_it_looks(text: str, field: str) -> None:
    assert told(checked([text], [text], field=field)) == []


def test_letters_that_are_lost_for_good_are_told_once_and_nothing_is_to_be_decided_about_them() -> None:
    sheet = read_sheet("notes.csv", "Slug,Cell\nitem-1,Caf\ufffd chair\nitem-2,CafÃ© chair\n".encode())
    items = [an_item(number, {"note": "Café chair"}) for number in (1, 2)]
    found = check(sheet, MAPPING, COLLECTION, items, ReadContext())
    assert told(found) == [
        ("Damaged letters", Severity.ERROR, (2,)),
        ("Letters were damaged on the way", Severity.ERROR, (3,)),
    ]
    assert [(one.kind, one.cells) for one in decisions(found.problems, MAPPING)] == [
        ("Letters were damaged on the way", 1)
    ]


@given(text=some.text(some.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_no_text_that_the_item_holds_is_ever_told(text: str) -> None:
    assert told(checked([text], [text])) == []
