"""What letters a file holds: said by the file, or guessed and told; what was lost is never taken for a letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.errors import UnreadableFile
from lib.model.problem import Problem, Severity
from lib.model.sheet import Sheet
from lib.stages.read import ENCODINGS
from lib.stages.read.encoding import certain_encoding
from tests.reading import read_sheet

WRITTEN = {
    "cp1252": ("Ein schöner Stuhl für François", "It’s a “nice” chair – really", "10 € – 20 €", "São João, ação"),
    "mac_roman": ("Là où le garçon mangeait l'été", "Ein schöner Stuhl für François", "Señor Muñoz", "Größe"),
    "cp850": ("Müller & Söhne, Größe", "Señora Peña"),
    "cp1250": ("Żółty stół z Łodzi", "Příliš žluťoučký kůň", "Kék szék, tűzhely és bőr", "Židle a stůl"),
    "cp1251": ("Дубовый стол", "Красивый стул для кухни", "Український стіл, їжа"),
    "koi8_u": ("Красивый стул для кухни",),
    "cp866": ("Красивый стул для кухни",),
    "cp1253": ("Ξύλινο τραπέζι", "Καρέκλα κουζίνας"),
    "cp1254": ("Güzel ahşap masa, yeşil ışık",),
    "cp1255": ("שולחן עץ יפה",),
    "cp1256": ("طاولة خشبية جميلة",),
    "cp1257": ("Gražus ąžuolinis stalas",),
    "cp874": ("โต๊ะไม้สวยงาม",),
    "cp932": ("オーク材のテーブル", "木製の椅子", "東京都"),
    "euc_jp": ("オーク材のテーブル",),
    "gb18030": ("漂亮的橡木桌子", "红色沙发"),
    "cp950": ("漂亮的橡木桌子", "紅色沙發"),
    "cp949": ("아름다운 참나무 테이블", "서울특별시"),
}


def about(sheet: Sheet, kind: str) -> list[Problem]:
    return [problem for problem in sheet.problems if problem.kind == kind]


@pytest.mark.parametrize(("encoding", "text"), [(name, text) for name, texts in WRITTEN.items() for text in texts])
def test_a_code_page_of_old_is_guessed_and_the_guess_is_told(encoding: str, text: str) -> None:
    sheet = read_sheet("a.csv", f"slug;Summary\r\noak-table;{text}\r\n".encode(encoding))
    (told,) = about(sheet, "Encoding guessed")
    assert list(sheet.frame["Summary"]) == [text]
    assert (told.severity, told.rows) == (Severity.WARNING, ())
    assert ENCODINGS[sheet.source.encoding] in told.fix
    assert sheet.source.encoding_is_guess
    assert sheet.source.readings[0][0] == sheet.source.encoding
    assert {word.strip(".,") for word in sheet.source.readings[0][1].split(" · ")} & set(text.replace(",", "").split())


@pytest.mark.parametrize("encoding", WRITTEN)
def test_every_encoding_can_be_chosen_and_is_then_no_guess(encoding: str) -> None:
    text = WRITTEN[encoding][0]
    sheet = read_sheet("a.csv", f"slug;Summary\noak-table;{text}\n".encode(encoding), encoding=encoding)
    assert sheet.frame.at[2, "Summary"] == text
    assert not sheet.source.encoding_is_guess and not about(sheet, "Encoding guessed")
    assert sheet.source.readings, "the other likely readings stay at hand"


@pytest.mark.parametrize(
    "content",
    [
        "slug,A\na,plain\n".encode("ascii"),
        *("slug,A\na,Größe\n".encode(name) for name in ("utf-8", "utf-8-sig", "utf-16")),
    ],
    ids=["ascii", "utf-8", "utf-8 with mark", "utf-16"],
)
def test_what_the_file_says_itself_is_no_guess(content: bytes) -> None:
    sheet = read_sheet("a.csv", content)
    assert sheet.source.readings == () and sheet.problems == ()


@pytest.mark.parametrize(
    "damaged",
    [
        *(b"Caf\xe9", b"\xe9t\xc3\xa9", b"Sch\xc3", b"10 \xe2\x82", b"a\xffb"),
        *(b"\xf0\x9f\x91 ok", "x\ufffdy".encode(), b"\xc3(", b"\x80"),
    ],
    ids=repr,
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["without mark", "with mark"])
def test_a_damaged_cell_is_named_and_the_rest_stays_utf_8(damaged: bytes, mark: bytes) -> None:
    content = mark + "slug,Summary\ncafe-chair,Ein schöner Stuhl\npine-shelf,".encode() + damaged + b"\noak,b\n"
    sheet = read_sheet("a.csv", content)
    (told,) = sheet.problems
    assert sheet.frame.at[2, "Summary"] == "Ein schöner Stuhl"
    assert (told.kind, told.severity, told.column, told.rows) == ("Damaged letters", Severity.ERROR, "Summary", (3,))
    assert list(sheet.frame["slug"]) == ["cafe-chair", "pine-shelf", "oak"]


def test_damage_in_a_key_and_in_a_header_is_told_too() -> None:
    sheet = read_sheet("a.csv", "slug,Größe,Pr".encode() + b"\xe9is\nk\xc3" + ",ö,1\n".encode())
    assert [(f.kind, f.column, f.rows, f.severity) for f in sheet.problems] == [
        ("Damaged letters", "Pr\ufffdis", (), Severity.WARNING),
        ("Damaged letters", "slug", (2,), Severity.ERROR),
    ]


@pytest.mark.parametrize(
    ("encoding", "bad"),
    [("cp1252", b"\x81"), ("cp1253", b"\xd2"), ("iso8859_2", b"\x9c"), ("cp932", b"\x81\x20")],
)
def test_bytes_that_the_encoding_does_not_have_never_become_letters(encoding: str, bad: bytes) -> None:
    letters = "αβγδ" if encoding == "cp1253" else "日本語" if encoding == "cp932" else "éöüá"
    content = f"slug;A\na;{letters}\nb;x".encode(encoding) + bad + b"y\n"
    sheet = read_sheet("a.csv", content, encoding=encoding)
    assert sheet.frame.at[2, "A"] == letters
    assert [f.rows for f in about(sheet, "Damaged letters")] == [(3,)]


def test_a_choice_that_does_not_fit_is_refused_and_one_that_does_not_exist_too() -> None:
    content = "slug;A\na;Größe für Müller\n".encode("cp1252")
    for encoding, words in (("utf-8-sig", "not written in UTF-8"), ("klingon", "no encoding")):
        with pytest.raises(UnreadableFile, match=words):
            read_sheet("a.csv", content, encoding=encoding)


@given(content=some.binary(min_size=1, max_size=300))
def test_no_bytes_at_all_make_the_reader_fail(content: bytes) -> None:
    try:
        sheet = read_sheet("a.csv", content)
    except UnreadableFile as error:
        assert 20 < len(str(error)) < 400
    else:
        held = {(f.column, row) for f in about(sheet, "Damaged letters") for row in f.rows}
        lost = {(name, row) for name in sheet.columns for row, text in sheet.frame[name].items() if "\ufffd" in text}
        assert lost == held


@given(text=some.text(some.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffd"), min_size=1))
def test_valid_utf_8_is_always_utf_8(text: str) -> None:
    assert certain_encoding(("slug,A,B\n" + text).encode()) == "utf-8-sig"
