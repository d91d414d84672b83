"""Two texts side by side: nothing of either is lost, what stays is found, and no pair takes long."""

import itertools
import random
import re
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.model.piece import Mark, Piece
from lib.stages.word_diff import CONTEXT, LINE, LONGEST, MOST_SHOWN, WORD, shortened, word_diff

TEXTS = some.text() | some.lists(some.sampled_from(["a", "red", " ", "\n", ".", "ä", "<b>", "5.50"])).map("".join)
UNITS: some.SearchStrategy[re.Pattern[str]] = some.sampled_from([WORD, LINE])
MOST_CALLS = 100_000  # the work is counted: a clock would tell how busy the machine is
MOST_CALLS_WORD_BY_WORD = 600_000


def has_soon_done(work: Callable[[], object], most_calls: int) -> bool:
    """Whether it calls no more functions, built-in ones too; comparing two words that are the same is such a call."""
    calls = itertools.count()

    def count(*_: object) -> None:
        assert next(calls) < most_calls, "it takes long"

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return True


def joined(pieces: tuple[Piece, ...], *marks: Mark) -> str:
    return "".join(piece.text for piece in pieces if piece.mark in marks)


@pytest.mark.parametrize(
    ("now", "after", "told"),
    [
        ("169", "179.50", "[-169][+179.50]"),
        ("", "new", "[+new]"),
        ("old", "", "[-old]"),
        ("a red mug", "a blue mug", "a [-red][+blue] mug"),
        ("a mug", "a large mug", "a[+ large] mug"),
        ("Hand-made, fired twice.", "Hand-made, fired once.", "Hand-made, fired [-twice][+once]."),
        ("one two three four", "five six seven four", "[-one two three][+five six seven] four"),
        ("one, two", "six, ten", "[-one, two][+six, ten]"),
        ("2026-08-28", "2027-01-15", "[-2026-08-28][+2027-01-15]"),
    ],
)
def test_words_that_differ_stand_apart(now: str, after: str, told: str) -> None:
    forms = {Mark.SAME: "{}", Mark.GONE: "[-{}]", Mark.ADDED: "[+{}]"}
    assert "".join(forms[piece.mark].format(piece.text) for piece in word_diff(now, after)) == told


def test_lists_are_compared_line_by_line() -> None:
    pieces = word_diff("Small Mug\nBowl", "Small Mug\nLarge Bowl", LINE)
    assert joined(pieces, Mark.GONE).strip() == "Bowl"
    assert joined(pieces, Mark.ADDED).strip() == "Large Bowl"


@given(TEXTS, TEXTS, UNITS)
def test_nothing_of_either_text_is_lost(now: str, after: str, unit: re.Pattern[str]) -> None:
    pieces = word_diff(now, after, unit)
    assert joined(pieces, Mark.SAME, Mark.GONE) == now
    assert joined(pieces, Mark.SAME, Mark.ADDED) == after
    assert (joined(pieces, Mark.GONE, Mark.ADDED) == "") == (now == after)


@given(TEXTS, TEXTS, some.integers(1, 400))
def test_what_is_cut_out_is_never_a_short_change(now: str, after: str, times: int) -> None:
    pieces = word_diff(now * times, after * times)
    found = shortened(pieces)
    assert sum(len(piece.text) for piece in found) <= MOST_SHOWN + LONGEST + 3 * CONTEXT + 100
    if sum(len(piece.text) for piece in pieces) <= CONTEXT:
        assert found == pieces


def test_of_a_long_text_the_surroundings_of_a_change_are_shown() -> None:
    start, end = "start " * 100, " end" * 100
    found = shortened(word_diff(f"{start}old{end}", f"{start}new{end}"))
    assert [piece.mark for piece in found] == [Mark.CUT, Mark.SAME, Mark.GONE, Mark.ADDED, Mark.SAME, Mark.CUT]
    assert joined(found, Mark.GONE, Mark.ADDED) == "oldnew"


def test_of_what_is_too_long_to_be_read_the_rest_is_counted() -> None:
    (gone, more, *_) = shortened(word_diff("x" * (LONGEST + 1_234), ""))
    assert (len(gone.text), more) == (LONGEST, Piece(Mark.CUT, "… and 1,234 characters more"))


@pytest.mark.parametrize("words", [2, 5, 20, 100, 1_000, 5_000])
@pytest.mark.parametrize("length", [140, 2_000, 50_000])
def test_no_pair_of_texts_takes_long(words: int, length: int) -> None:
    chance = random.Random(words * length)
    now, after = (" ".join(f"w{chance.randrange(words)}" for _ in range(length)) for _ in range(2))
    assert has_soon_done(lambda: shortened(word_diff(now, after)), MOST_CALLS)


@pytest.mark.parametrize("times", [1, 20])
def test_a_text_in_which_every_other_word_is_another_takes_not_long_either(times: int) -> None:
    """Each word that stays is looked for in all that is left, and comes so often."""
    now, after = (" ".join(f"w{n // times}" if n % 2 else f"{own}{n}" for n in range(400)) for own in "xy")
    assert has_soon_done(lambda: shortened(word_diff(now, after)), MOST_CALLS_WORD_BY_WORD)
