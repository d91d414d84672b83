"""Bytes that mail, old programs and other systems made: no letter is planned that the file does not hold."""

import pytest

from lib.errors import UnreadableFile
from lib.model.problem import Severity
from tests.cases.things import Brought, a_cell, bring
from tests.reading import read_sheet

REPLACEMENT = "\ufffd"


@pytest.mark.parametrize(
    "content",
    [
        "slug;Summary;Price\roak-table;Holztisch;2,2\rcafe-chair;Stuhl;3\r",
        "slug;Summary;Price\r\noak-table;Holztisch;2,2\rcafe-chair;Stuhl;3\n",
        'slug;Summary;Price\noak-table;"Holztisch";2,2\r\r\ncafe-chair;Stuhl;3',
    ],
    ids=["lone", "mixed", "doubled"],
)
def test_a_carriage_return_ends_a_line_wherever_it_stands(content: str) -> None:
    brought = bring(content)
    rows = {change.item_id[-1]: change.after for change in brought.plan.changes}
    assert rows == {"1": {"summary": "Stuhl", "price": 3}, "2": {"summary": "Holztisch", "price": 2.2}}


def test_a_carriage_return_within_quotes_stays_in_its_cell() -> None:
    brought = bring('slug,Summary\noak-table,"one\rtwo"\ncafe-chair,three\n')
    assert brought.after(2) == {"summary": "one\rtwo"}
    assert brought.after(3) == {"summary": "three"}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Là où le garçon mangeait l'été", "mac_roman"),
        ("Żółty stół z Łodzi", "cp1250"),
        ("Жёлтый дубовый стол", "cp1251"),
        ("Κίτρινο τραπέζι από δρυ", "cp1253"),
        ("Sarı meşe ağacından masa, çok güzel", "cp1254"),
        ("黄色いオークのテーブルです", "shift_jis"),
        ("黄色的橡木桌子，很漂亮", "gb18030"),
        ("黃色的橡木桌子，很漂亮", "big5"),
        ("노란색 참나무 테이블입니다", "euc_kr"),
        ("Gelber Tisch für draußen", "cp1252"),
    ],
    ids=lambda value: value if value.isascii() else "",
)
def test_an_encoding_is_guessed_and_told_and_right_once_it_is_chosen(text: str, encoding: str) -> None:
    brought = bring(f"slug;Summary\r\noak-table;{text}\r\n".encode(encoding))
    assert brought.told(None, Severity.WARNING) == ["Encoding guessed"]
    assert REPLACEMENT not in str(brought.after(2))
    assert bring(f"slug;Summary\r\noak-table;{text}\r\n".encode(encoding), encoding=encoding).after(2) == {
        "summary": text
    }


@pytest.mark.parametrize("encoding", ["mac_roman", "cp1250", "cp1252", "shift_jis"])
def test_a_file_that_says_nothing_of_its_encoding_is_a_guess_and_that_is_told(encoding: str) -> None:
    text = {"shift_jis": "黄色い", "cp1250": "žlutý"}.get(encoding, "été")
    assert bring(f"slug;Summary\r\noak-table;{text}\r\n".encode(encoding)).told()


def damaged(place: str) -> Brought:
    fine = "cafe-chair,Ein schöner Stuhl\r\n".encode() * 1
    rows = {
        "stray byte": b"pine-shelf,Caf\xe9\r\n",
        "cut character": b"pine-shelf,Caf\xc3\r\n",
        "cut before a quote": b'pine-shelf,"Caf\xc3"\r\n',
        "two bytes of three": b"pine-shelf,1 \xe2\x82 and more\r\n",
        "lone continuation": b"pine-shelf,a\x80b\r\n",
    }
    return bring(b"slug,Summary\r\n" + fine + rows[place])


@pytest.mark.parametrize(
    "place", ["stray byte", "cut character", "cut before a quote", "two bytes of three", "lone continuation"]
)
def test_one_damaged_character_does_not_change_how_the_rest_is_read(place: str) -> None:
    brought = damaged(place)
    assert brought.after(2) == {"summary": "Ein schöner Stuhl"}
    assert brought.told(3)
    assert REPLACEMENT not in str(brought.after(3))


def test_a_replacement_character_in_the_file_is_damage_already_done() -> None:
    brought = a_cell("Summary", f"Caf{REPLACEMENT}")
    assert brought.is_held(2)


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#BEZUG!", "#WERT!", "#NV", "#¡REF!", "#NOM?"])
@pytest.mark.parametrize("field", ["Summary", "Website", "Price", "Body"])
def test_error_texts_of_spreadsheets_are_held_in_every_field(text: str, field: str) -> None:
    assert a_cell(field, text).is_held(2)


@pytest.mark.parametrize(
    ("content", "field", "value"),
    [
        ('slug,Phone\r\noak-table,"=""0612345678"""\r\n', "phone", "0612345678"),
        ('slug,Phone\r\noak-table,="0612345678"\r\n', "phone", "0612345678"),
        ('slug,Price\r\noak-table,"=""7.5"""\r\n', "price", 7.5),
        ('slug,Price\r\n"=""oak-table""",8\r\n', "price", 8),
        ('"=""slug""","=""Price"""\r\noak-table,8\r\n', "price", 8),
    ],
    ids=["text", "bare", "number", "key", "header"],
)
def test_text_wrapped_in_a_formula_is_the_text(content: str, field: str, value: object) -> None:
    assert bring(content).after(2) == {field: value}


@pytest.mark.parametrize(
    ("content", "summary"),
    [
        ('slug, Summary\r\noak-table, "Oak solid"\r\n', "Oak solid"),
        ('slug, Summary\r\noak-table, "Oak, solid"\r\n', "Oak, solid"),
        ('slug; Summary\r\noak-table;  "Oak; ""solid"""\r\n', 'Oak; "solid"'),
    ],
    ids=["plain", "with a comma", "with quotes"],
)
def test_blanks_before_a_quotation_mark_do_not_matter(content: str, summary: str) -> None:
    assert bring(content).after(2) == {"summary": summary}


@pytest.mark.parametrize(
    "content",
    [
        '"slug,Summary"\r\n"oak-table,""Oak, solid"""\r\n',
        '"slug;Summary"\r\n"oak-table;""Oak, solid"""\r\n"cafe-chair;Stuhl"\r\n',
    ],
)
def test_lines_in_quotation_marks_are_unwrapped_and_told(content: str) -> None:
    brought = bring(content)
    assert brought.after(2) == {"summary": "Oak, solid"}
    assert brought.told()


def test_an_apostrophe_of_the_text_itself_stays() -> None:
    brought = a_cell("Summary", "'+' means plus")
    assert brought.after(2) == {"summary": "'+' means plus"}


def test_blank_lines_at_the_end_count_for_no_limit() -> None:
    brought = bring("slug,Price\r\noak-table,120\r\n" + ",\r\n" * 250_000)
    assert brought.after(2) == {"price": 120}
    assert brought.sheet.row_count == 1


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b'<?xml version="1.0"?>\r\n<?mso-application progid="Excel.Sheet"?><Workbook/>', "XML"),
        (b"<!-- exported -->\n<HTML><body><table><tr><td>slug</td></tr></table>", "web page"),
        (b"  <meta charset=utf-8><table><tr><td>slug", "web page"),
        (b'{"error": "Not found", "items": []}', "JSON"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "MIME"),
    ],
    ids=["spreadsheetml", "html after a comment", "html without a head", "json", "mime"],
)
def test_no_table_under_a_tables_name_is_refused_and_named(content: bytes, what: str) -> None:
    with pytest.raises(UnreadableFile, match=what):
        read_sheet("prices.xls", content)


def test_severity_of_a_guess_is_a_warning() -> None:
    brought = bring("slug;Summary\r\noak-table;été\r\n".encode("cp1252"))
    assert brought.told(None, Severity.WARNING)
