"""What differs between two texts, word by word or line by line; bounded, so that no pair of texts takes long."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from lib.model.piece import Mark, Piece
from lib.words.say import say

WORD = re.compile(r"\s*(?:\w+(?:[.,:'’-]\w+)*|[^\w\s])|\s+")  # with the blanks before it, or a sign
LINE = re.compile(r"\n?[^\n]+|\n")
MOST_WORDS = 2_000  # texts that differ in more words …
MOST_PAIRS = 20_000  # … or with more pairs of the same word are not compared word by word
ALIKE_FROM = 0.3  # texts with less in common are easier to read one after the other
CONTEXT = 60  # characters of what stays the same, on either side of what does not
LONGEST = 1_500  # characters of one piece that are shown
MOST_SHOWN = 4_000  # characters of all of them


def word_diff(now: str, after: str, unit: re.Pattern[str] = WORD) -> tuple[Piece, ...]:
    """The pieces of both texts in order. SAME and GONE ones together are `now`, SAME and ADDED ones are `after`."""
    before, wanted = unit.findall(now), unit.findall(after)
    start = _shared(before, wanted)
    end = _shared(before[start:][::-1], wanted[start:][::-1])
    old, new = before[start : len(before) - end], wanted[start : len(wanted) - end]
    middle = _compared(old, new) if _is_soon_compared(old, new) else _one_after_the_other(old, new)
    first, last = Piece(Mark.SAME, "".join(before[:start])), Piece(Mark.SAME, "".join(before[len(before) - end :]))
    found = (piece for piece in (first, *middle, last) if piece.text)
    together = groupby(found, key=lambda piece: piece.mark)
    return tuple(Piece(mark, "".join(piece.text for piece in pieces)) for mark, pieces in together)


def shortened(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces with no more of what stays than is needed to find one's way, and no more of the rest than is read."""
    last, found, length = len(pieces) - 1, list[Piece](), 0
    for place, piece in enumerate(pieces):
        if length > MOST_SHOWN:
            return (*found, _more(sum(len(one.text) for one in pieces[place:])))
        shown = tuple(_context(piece, place > 0, place < last) if piece.mark is Mark.SAME else _beginning(piece))
        length += sum(len(one.text) for one in shown)
        found += shown
    return tuple(found)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _is_soon_compared(old: Sequence[str], new: Sequence[str]) -> bool:
    here, there = Counter(old), Counter(new)
    pairs = sum(number * there[word] for word, number in here.items())
    return max(len(old), len(new)) <= MOST_WORDS and pairs <= MOST_PAIRS


def _compared(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE_FROM:
        return _one_after_the_other(old, new)
    found: list[Piece] = []
    gone: list[str] = []
    added: list[str] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        is_word = kind == "equal" and any(map(str.isalnum, "".join(old[a:b])))
        if is_word:
            found += _one_after_the_other(gone, added)
            found.append(Piece(Mark.SAME, "".join(old[a:b])))
            gone, added = [], []
        else:  # signs between two changes belong to them
            gone += old[a:b]
            added += new[c:d]
    return [*found, *_one_after_the_other(gone, added)]


def _one_after_the_other(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    """What is gone, then what is added; the blanks that both begin with stay."""
    gone, added = "".join(old), "".join(new)
    blanks = (text[: len(text) - len(text.lstrip())] for text in (gone, added))
    start = _shared(*blanks)
    return [Piece(Mark.SAME, gone[:start]), Piece(Mark.GONE, gone[start:]), Piece(Mark.ADDED, added[start:])]


def _context(piece: Piece, is_after: bool, is_before: bool) -> Iterator[Piece]:
    """The end of a piece that is followed by a change, and the beginning of one that follows a change."""
    begin, end = CONTEXT if is_after else 0, CONTEXT if is_before else 0
    text = piece.text
    if len(text) <= begin + end + CONTEXT:
        yield piece
        return
    if begin:
        yield Piece(Mark.SAME, text[:begin])
    yield Piece(Mark.CUT, "…")
    if end:
        yield Piece(Mark.SAME, text[-end:])


def _beginning(piece: Piece) -> Iterator[Piece]:
    yield Piece(piece.mark, piece.text[:LONGEST])
    if len(piece.text) > LONGEST:
        yield _more(len(piece.text) - LONGEST)


def _more(characters: int) -> Piece:
    return Piece(Mark.CUT, say("… and {characters:,} characters more", characters=characters))
