"""What programs put around a text comes off where it was put on; what was lost is told, unless the site has it so."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.fields import ReadContext
from lib.model.checked import Checked
from lib.model.plan import SendChoices
from lib.model.problem import Severity
from lib.stages.check import check
from lib.stages.key import choose_key
from lib.stages.match import match_columns
from lib.stages.plan import plan_changes
from tests.builders import a_collection, a_field, an_item
from tests.reading import read_sheet

POSTS = a_collection(a_field("motto"), a_field("price"))


def checked(content: bytes, motto: str) -> Checked:
    sheet = read_sheet("a.csv", content)
    items = [an_item(1, {"motto": motto})]
    mapping = choose_key(sheet, match_columns(sheet, POSTS), POSTS, items)
    return check(sheet, mapping, POSTS, items, ReadContext())


def planned(content: bytes, motto: str) -> list[str]:
    plan = plan_changes(checked(content, motto), POSTS, SendChoices(), leave_out_errors=True)
    return [change.after["motto"] for change in plan.changes]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('="0612345678"', "0612345678"),
        ('"=""0612345678"""', "0612345678"),
        (' ="007" ', "007"),
        ('"=""a ""quoted"" word"""', '="a "quoted" word"'),
        ('"=""a """"quoted"""" word"""', 'a "quoted" word'),
        ('=""', ""),
        ('="a"&"b"', '="a"&"b"'),
        ("=1+1", "=1+1"),
    ],
)
def test_a_text_in_a_formula_is_taken_out_of_it(cell: str, text: str) -> None:
    sheet = read_sheet("a.csv", f"slug,Phone\nk,{cell}\n".encode())
    assert sheet.frame.at[2, "Phone"] == text
    told = [f.severity for f in sheet.problems if f.kind == "Formula around a text"]
    assert told == ([] if text.startswith("=") else [Severity.FIXED])


def test_keys_and_headers_come_out_of_their_formulas_too() -> None:
    sheet = read_sheet("a.csv", b'="slug",="Item ""no."""\n="item-1",="7"\n'.replace(b'""no.""', b"no."))
    assert sheet.columns == ("slug", "Item no.")
    assert sheet.frame.to_numpy().tolist() == [["item-1", "7"]]


@pytest.mark.parametrize(
    "text", ["'+' means plus", "'=1", "''=1", "'-x", "'@home'", '="007"', '=""', "x\ufffdy", "'\u00a0=1"]
)
def test_what_equals_the_live_value_is_neither_changed_nor_told(text: str) -> None:
    quoted = text.replace('"', '""')
    outcome = checked(f'slug,motto\nitem-1,"{quoted}"\n'.encode(), text)
    assert outcome.problems == ()
    assert planned(f'slug,motto\nitem-1,"{quoted}"\n'.encode(), text) == []


@given(text=some.text(some.sampled_from("'=+-@x \u00a0"), min_size=1, max_size=5).filter(lambda t: t[:2] != "'\u00a0"))
def test_apostrophes_of_other_files_stay(text: str) -> None:
    assert read_sheet("a.csv", f'slug,motto\nitem-1,"{text}"\n'.encode()).frame.at[2, "motto"] == text


def test_lost_letters_hold_their_row_and_only_theirs() -> None:
    content = "slug,motto\nitem-1,x\ufffdy\n".encode()
    assert planned(content, "xöy") == []
    problems = checked(content, "xöy").problems
    assert "Damaged letters" in [f.kind for f in problems]
    assert {f.rows for f in problems} == {(2,)}


def test_lost_letters_in_a_column_that_feeds_nothing_hold_no_row() -> None:
    assert planned("slug,motto,remark of ours\nitem-1,new,x\ufffdy\n".encode(), "old") == ["new"]


def test_a_header_that_is_a_whole_text_is_shortened_and_told() -> None:
    sheet = read_sheet("a.csv", b"slug," + b"x" * 100_000 + b"\na,b\n")
    assert len(sheet.columns[1]) == 250
    assert [f.kind for f in sheet.problems] == ["Very long header"]
