"""Any text that a spreadsheet, a mail or an encoding harmed is told, with what the item holds; an edit is not."""

import html
import quopri
import unicodedata
from collections.abc import Callable
from urllib.parse import quote

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as some

from lib.fields.base import TextKind
from lib.fields.characters import seen, trimmed
from lib.fields.date_words import MONTHS
from lib.model.problem import Severity
from lib.stages.damage.base import Damage
from lib.stages.damage.dates import looks_like_date
from lib.stages.damage.letters import READ, TWICE
from lib.stages.damage.marks import mark_of
from lib.stages.damage.screen import worth_a_look
from lib.stages.damage.witness import damage_of

LETTERS = "Letters were damaged on the way"
NUMBER = "A program rewrote the number"
DATE = "Text became a date"
CODES = "Signs were written as codes"
CUT = "Text was cut off"
WORDS = some.text(some.sampled_from('abcXYZ 019.,;:-_?!&"<äöüéèñçßÅøŁżčşЖ€’“”…–™\u00a0日本😀'), min_size=1, max_size=60)


def is_worth_a_look(found: str, live: str, text: TextKind) -> bool:
    column = pd.Series([found, live], dtype="str")
    return bool(worth_a_look(column[:1], column[1:], text)[0])


def told(found: str, live: str, *, rich: bool = False) -> Damage | None:
    """The damage of a pair that the screen lets through."""
    text = TextKind.HTML if rich else TextKind.CODE
    return damage_of(found, live, rich=rich) if is_worth_a_look(found, live, text) else None


def recoded(written: str, read: str) -> Callable[[str], str]:
    return lambda text: text.encode(written, "replace").decode(read, "replace")


def in_a_row(*steps: Callable[[str], str]) -> Callable[[str], str]:
    def harm(text: str) -> str:
        for step in steps:
            text = step(text)
        return text

    return harm


HARMS = {
    **{f"UTF-8 as {read}": recoded("utf-8", read) for read in READ},
    **{f"twice as {read}": in_a_row(recoded("utf-8", read), recoded("utf-8", read)) for read in TWICE},
    "Mac Roman as Windows": recoded("mac_roman", "cp1252"),
    "Windows as Mac Roman": recoded("cp1252", "mac_roman"),
    "Windows as DOS": recoded("cp1252", "cp850"),
    "Windows as Polish": recoded("cp1252", "cp1250"),
    "UTF-8 as ASCII": recoded("utf-8", "ascii"),
    "beyond ASCII all lost": lambda text: "".join(one if one.isascii() else "\ufffd" for one in text),
    "kept by ASCII": recoded("ascii", "ascii"),
    "kept by Windows": recoded("cp1252", "cp1252"),
    "kept by Polish Windows": recoded("cp1250", "cp1250"),
    "decomposed, then ASCII": lambda text: recoded("ascii", "ascii")(unicodedata.normalize("NFD", text)),
    "entities": lambda text: html.escape(text, quote=True).encode("ascii", "xmlcharrefreplace").decode(),
    "entities twice": lambda text: html.escape(html.escape(text)),
    "quoted printable": lambda text: quopri.encodestring(text.encode()).decode(),
    "address": quote,
    "JSON": lambda text: text.encode("unicode_escape").decode(),
    "formula": lambda text: '="' + text.replace('"', '""') + '"',
    "quotes": lambda text: '"' + text.replace('"', '""') + '"',
    "apostrophe": lambda text: "'" + text,
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(live=WORDS)
@example(live="Ein schöner Stuhl für François")
@example(live="“¿Qué?” – l’été, à la carte…")
@example(live="a\u00a0b")
@example(live="ş")
@example(live="aÃb")
def test_any_text_is_recognised_in_what_harm_made_of_it(harm: Callable[[str], str], live: str) -> None:
    live = live.strip()
    found = harm(live)
    assume(live and found.strip() and seen(found) != seen(live))
    assert told(found, live) is not None


@given(text=some.text())
def test_what_the_item_holds_is_never_damaged(text: str) -> None:
    for same in (text, f" {text} ", unicodedata.normalize("NFD", text)):
        assert damage_of(same, text) is damage_of(same, text, rich=True) is None


@pytest.mark.parametrize(
    ("live", "found", "kind"),
    [
        ("Café chair", "CafÃ© chair", LETTERS),
        ("Café chair", "Caf? chair", LETTERS),
        ("Café chair", "Caf\ufffd chair", LETTERS),
        ("Café chair", "Caf chair", LETTERS),
        ("Żółty stół", "¯ó³ty stó³", LETTERS),
        ("“Oak”", "?Oak?", LETTERS),
        ("Café chair", "Cafe chair", "Accents were lost"),
        ("Müller", "Mueller", "Accents were lost"),
        ("5581999887766", "5,58199E+12", NUMBER),
        ("5581999887766", "5.58E12", NUMBER),
        ("5581999887766", "5581999887766.0", NUMBER),
        ("+33612345678", "33612345678", NUMBER),
        ("06 12 34 56 78", "612345678", NUMBER),
        ("0123", "123", NUMBER),
        ("1.10", "1.1", NUMBER),
        ("1E5", "100000", NUMBER),
        ("1E5", "1.00E+05", NUMBER),
        ("1/2", "0.5", NUMBER),
        ("15 %", "0.15", NUMBER),
        ("1234567890123456789", "1234567890123450000", NUMBER),
        ("1234567890123456789", "1.23457E+18", NUMBER),
        ("true", "WAHR", NUMBER),
        ("10-12", "2026-10-12", DATE),
        ("10-12", "2026-12-10 00:00:00", DATE),
        ("10-12", "12-Oct", DATE),
        ("10-12", "Oct-12", DATE),
        ("10-12", "12. Okt", DATE),
        ("10-12", "12-oct.", DATE),
        ("10-12", "10/12/2026", DATE),
        ("10-12", "12.10.2026", DATE),
        ("10-12", "46307", DATE),
        ("1/2", "2026-02-01", DATE),
        ("MAR1", "1-Mar", DATE),
        ("MARCH1", "2026-03-01", DATE),
        ("3-2024", "Mar-24", DATE),
        ("1-2-3", "2003-02-01", DATE),
        ("16:9", "16:09:00", DATE),
        ("16:9", "1899-12-31 16:09:00", DATE),
        ("16:9", "0.672916667", DATE),
        ("Tom & Ida’s", "Tom &amp; Ida&#8217;s", CODES),
        ("two\nlines", "two\\nlines", CODES),
        ("two\nlines", "two<br>lines", CODES),
        ("two\nlines", "two_x000D_\nlines", CODES),
        ("Tom &amp; Ida", "Tom & Ida", "Codes became signs"),
        ("two\nlines", "two lines", "Line breaks were lost"),
        ("two\n\tlines", "twolines", "Line breaks were lost"),
        ("word " * 100, ("word " * 100)[:255], CUT),
        ("é" * 600, ("é" * 600)[:512], CUT),
        ("lorem ipsum dolor " * 2_000, "Edited, " + ("lorem ipsum dolor " * 2_000)[: 32_767 - 8], CUT),
        ("sentence " * 30, ("sentence " * 30)[:130], "Text ends within a word"),
    ],
)
def test_known_damages_have_their_name(live: str, found: str, kind: str) -> None:
    damage = told(found, live)
    assert damage is not None and damage.kind == kind


@pytest.mark.parametrize(
    ("live", "found"),
    [
        ("Café chair", "Café table"),
        ("Café", "Café?"),
        ("Café", "CAFÉ"),
        ("Chair 椅子", "Chair"),
        ("Cafe", "Café"),
        ("CafÃ©", "Café"),
        ("Caf?", "Café"),
        ("0123", "0124"),
        ("06 12 34 56 78", "0612345678"),
        ("06 12 34 56 78", "0698765432"),
        ("5581999887766", "5.6E+13"),
        ("10-12", "12-14"),
        ("10-12", "2026-11-13"),
        ("Small", "Medium"),
        ("16:9", "4:3"),
        ("123", "1234"),
        ("", "anything"),
        ("one two", "one  two"),
        ("one sentence. Another one." * 8, "one sentence. Another one." * 7),
        ("Chairs", "Chair"),
        ("Room 12", "Room 12-14"),
    ],
)
def test_an_edit_is_no_damage(live: str, found: str) -> None:
    assert damage_of(found, live) is None


@pytest.mark.parametrize(
    ("live", "found", "kind", "severity"),
    [
        ("<p>Old <b>text</b></p>", "Old text", "Formatting was lost", Severity.WARNING),
        ("<p>Café</p>", "CafÃ©", LETTERS, Severity.ERROR),
        ("<p>Tom &amp; Ida</p>", "&lt;p&gt;Tom &amp;amp; Ida&lt;/p&gt;", CODES, Severity.ERROR),
        ("<p>One</p><p>Two and three</p>" * 9, "<p>One</p><p>Two and three</", CUT, Severity.ERROR),
    ],
)
def test_rich_text_is_told_by_its_words_too(live: str, found: str, kind: str, severity: Severity) -> None:
    damage = told(found, live, rich=True)
    assert damage is not None and (damage.kind, damage.severity) == (kind, severity)


def test_long_texts_are_looked_at_in_a_moment() -> None:
    live = "Größe für schöne Stühle. " * 8_000
    assert damage_of(live[:-2], live + "x") is None


@pytest.mark.parametrize("word", ["стул", "дубовая полка", "белый шкаф, новый"])
def test_other_words_of_another_script_are_an_edit(word: str) -> None:
    assert damage_of(word, "дубовый стол") is None


@pytest.mark.parametrize(
    ("live", "found"),
    [
        ("(555) 123-4567", "555.123.4567"),
        ("12E5", "13E5"),
        ("100", "1E3"),
        ("Привет, мир", "Пока, мир"),
        ("Set 1", "Set 2"),
    ],
)
def test_an_edit_that_looks_a_little_like_damage_is_an_edit(live: str, found: str) -> None:
    assert damage_of(found, live) is None


@pytest.mark.parametrize("text", ["Set 2", "Out 5", "Decor 12", "2 Decks", "6 Genres", "Martin 5", "3 Marken"])
def test_words_before_numbers_are_no_dates(text: str) -> None:
    assert not looks_like_date(text)


@given(found=WORDS | some.text(), live=WORDS | some.text() | some.just(""))
@example(found="12E5", live="").via("digits around an E are a number only with a sign or a point")
@example(found="\u200bTRUE ", live="true")
@example(found="1 234 567", live="12 34 567")
@example(found="+49 30/123", live="+49 (30) 123")
@example(found="Café-Ambiance®", live="Café-Ambiance™")
def test_nothing_is_found_in_what_is_passed_over(found: str, live: str) -> None:
    for text in TextKind:
        if not is_worth_a_look(found, live, text):
            assert damage_of(found, live, rich=text is TextKind.HTML) is None
            assert mark_of(trimmed(found)) is None
            if text is TextKind.PLAIN:
                assert not looks_like_date(trimmed(found))


@pytest.mark.parametrize("month", MONTHS)
def test_a_date_with_a_month_by_name_is_worth_a_look(month: str) -> None:
    dates = [one for one in (f"3 {month} 2026", f"3. {month}", f"{month}-26") if looks_like_date(one)]
    assert dates
    assert all(is_worth_a_look(one, "", TextKind.PLAIN) for one in dates)
