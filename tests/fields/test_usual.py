"""What is read in one pass over a column is read as it would be alone and with care.

A character that nobody sees, put behind a text, takes it off the usual way and changes nothing about what it says.
"""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from lib.fields import Reading
from lib.fields.characters import has_unseen, seen
from lib.fields.usual import SIGNS
from lib.model.collection import FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Problem
from tests.fields.test_reading import CHOICES, REFERS, TIMED, read

UNSEEN = "\u200b"
TOLD = "Invisible characters"
LETTERS = some.sampled_from("aZ09 .,:;|/#&'\"<>()[]{}~%+-_=?!@éßøЖя–“”€中かカ한\u00a0\u0301\n\t")
TEXTS = some.text(LETTERS, max_size=12) | some.sampled_from(["#N/A", "Err:502", "#fff", "####", "R&amp;D", "a&b", "Å"])
DIGITS = some.from_regex(r"\A-?\d{1,3}([.,]?\d{1,3}){0,4}\Z")
DAYS = some.from_regex(r"\A(19[67]|20[0-4])\d-[0-3]\d-[0-3]\d([T ][0-2]\d:[0-6]\d(:[0-6]\d(\.\d{1,3})?)?)?Z?\Z")
CLOCK_CHANGES = some.sampled_from(["2026-03-29 02:30", "2026-10-25T02:30", "2026-10-25 02:30:00", "2026-03-29"])
TAGS = ["<p>", "</p>", "<P class='a'>", "<b>", "</b>", "<table>", "</table>", "a b", " ", "&lt;", "<pré>"]
TAGS += ['<div data-rt-embed-type="true">', "</div>", "<wf-component a='1'>", "</wf-component>", "{{wf {} }}", "<pre>"]
HTML = some.lists(some.sampled_from(TAGS)).map("".join)
LINKS = some.from_regex(r"\Ahttps?://[a-z0-9_.-]{1,12}(:\d{1,4})?([/?#][!-~]{0,12})?\Z")
PAGES = ["https://drive.google.com/file/x", "https://www.dropbox.com/s/x?dl=0", "https://a.b,https://c.d"]
PAGES += ["https://a.b/x.pdf", "https://a.b/x.PDF?y", "https://a.b/x.pdf/y.png", "https://a-my.sharepoint.com/:i:/x"]
PAGES += ["https://v5.airtableusercontent.com/v3/x", "https://a.b/x.png?X-Amz-Expires=9", "https://notdropbox.com/x"]
SHARED = some.sampled_from(PAGES)
MAILS = some.from_regex(r"\A[!-~]{1,8}@[a-z.]{1,8}\Z")
COLOURS = some.from_regex(r"\A#?[0-9a-fA-F]{2,7}\Z")


def told(reading: Reading) -> tuple[list[object], list[Problem]]:
    """Values and words, but for the word about what nobody sees, and for the texts as they stood."""
    words = [(one.kind, one.severity, one.expected, list(one.fix), one.rows) for one in reading.problems]
    return list(reading.values), [one for one in words if one[0] != TOLD]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("type", "texts", "rules"),
    [
        (FieldType.PLAIN_TEXT, TEXTS, {}),
        (FieldType.PLAIN_TEXT, TEXTS, {"singleLine": True}),
        (FieldType.PHONE, TEXTS, {}),
        (FieldType.RICH_TEXT, HTML | TEXTS, {}),
        (FieldType.NUMBER, DIGITS | TEXTS, {}),
        (FieldType.NUMBER, DIGITS, {"format": "integer"}),
        (FieldType.DATE_TIME, DAYS | CLOCK_CHANGES, {}),
        (FieldType.DATE_TIME, DAYS | CLOCK_CHANGES, TIMED),
        (FieldType.LINK, LINKS | SHARED | TEXTS, {}),
        (FieldType.VIDEO_LINK, LINKS | SHARED, {}),
        (FieldType.IMAGE, LINKS | SHARED | TEXTS, {}),
        (FieldType.MULTI_IMAGE, LINKS | SHARED, {}),
        (FieldType.EMAIL, MAILS | TEXTS, {}),
        (FieldType.COLOR, COLOURS | TEXTS, {}),
        (FieldType.OPTION, TEXTS, CHOICES),
        (FieldType.MULTI_REFERENCE, TEXTS, REFERS),
    ],
)
def test_the_usual_way_reads_like_the_careful_one(
    type: FieldType, texts: some.SearchStrategy[str], rules: dict[str, object]
) -> None:
    @given(column=some.lists(texts, min_size=1, max_size=6), decimal=some.sampled_from(["", ".", ","]))
    def holds(column: list[str], decimal: str) -> None:
        column = [text for text in column if seen(text)] or ["x"]
        choices = ReadingChoices(decimal=decimal)
        quick = read(type, *column, choices=choices, **rules)
        careful = read(type, *(f"{text}{UNSEEN}" for text in column), choices=choices, **rules)
        assert told(quick) == told(careful)

    holds()


@example(text="summer-sale")
@given(text=TEXTS.filter(lambda text: bool(seen(text))))
def test_addresses_of_pages_too(text: str) -> None:
    quick, careful = (read(FieldType.PLAIN_TEXT, one, slug="slug") for one in (text, f"{text}{UNSEEN}"))
    assert told(quick) == told(careful)


def test_the_usual_signs_are_seen_as_they_are_and_stay_so_in_any_company() -> None:
    signs = [chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) != "Cs"]

    usual = [sign for sign in signs if re.fullmatch(f"[{SIGNS}]", sign)]
    assert len(usual) > 30_000
    assert [sign for sign in usual if seen(sign) != sign or has_unseen(sign) or sign.isspace()] == []
    together = "".join(usual)
    assert unicodedata.normalize("NFC", together) == together == unicodedata.normalize("NFC", together[::-1])[::-1]
