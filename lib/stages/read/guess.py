"""Which code pages of old a file is likely to be written in, by simple means that can be explained to a person.

An encoding that leaves bytes undefined is out. One of East Asia shows itself by everyday characters that stand side
by side. Between the others, each letter speaks for the languages that use it often. It stays a guess.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice

from lib.stages.read.alphabets import ALPHABETS, NEVER_AFTER_LETTERS, SIGNS

LIKELY_OF_EAST_ASIA = 3
LIKELY_OTHERS = 3
MOST_SNIPPETS = 300
LONGEST_SNIPPET = 200
BEFORE = 24  # bytes of the same word that stand before its first letter beyond ASCII
SHOWN_WORDS = 5
MOST_LOST = 0.02
MOSTLY = 0.7
COMMON_SIGN = 0.1
OF_A_NEIGHBOUR = 0.002  # a letter of another language that is written with the same code page
IMPROBABLE = 1e-4
FIRST_GREEK = "\u0370"  # Latin words hold accents one at a time; those of other scripts stand beyond ASCII as a whole
HANDICAPS = {
    "cp1252": 0.0,
    **dict.fromkeys(("cp850", "cp852", "cp866", "iso8859_2", "mac_latin2", "mac_cyrillic", "koi8_u"), 5.0),
}
HANDICAP = 2.0
# Everyday characters by their first byte: hangul; kana and the first level of kanji; the first levels of hanzi; and
# punctuation, which comes before them.
EVERYDAY = {
    "cp949": ("euc_kr", {0xA1, *range(0xB0, 0xC9)}),
    "cp932": ("shift_jis", {0x81, *range(0x82, 0x98)}),
    "gb18030": ("gb2312", {0xA1, 0xA3, *range(0xB0, 0xD8)}),
    "euc_jp": ("euc_jp", {0xA1, 0xA4, 0xA5, *range(0xB0, 0xD0)}),
    "cp950": ("big5", {0xA1, *range(0xA4, 0xC7)}),
}
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_LINE_END = re.compile(rb"[\r\n]")
_WORD_START = re.compile(rb"[A-Za-z]*\Z")
_NEIGHBOURS = re.compile(r"[^\x00-\x7f]{2,}")
_IN_WORD = rb"[^\x00-\x26\x28-\x2c./:;]"  # the second byte of a character of East Asia may be any letter or sign above
_WORD = re.compile(_IN_WORD + rb"{0,40}[\x80-\xff]" + _IN_WORD + rb"{0,40}")


def likely_encodings(content: bytes) -> tuple[str, ...]:
    """The likeliest encodings of bytes that are not UTF-8, the best first; at least one."""
    sample = _sample(content)
    scores = {name: _score(sample, name) for name in ALPHABETS}
    others = sorted((name for name in scores if scores[name] > -math.inf), key=lambda name: -scores[name])
    first = likely_of_east_asia(content)
    return tuple(_different(sample, [*first, *others])[: len(first) + LIKELY_OTHERS]) or ("cp1252",)


def likely_of_east_asia(content: bytes) -> tuple[str, ...]:
    """The encodings of East Asia that nearly all characters speak for, the best first; often none."""
    sample = _sample(content)
    shares = {name: _everyday(sample, name) for name in EVERYDAY}
    likely = [name for name in sorted(shares, key=lambda name: -shares[name]) if shares[name] >= MOSTLY]
    return tuple(likely[:LIKELY_OF_EAST_ASIA])


def telling_words(content: bytes) -> tuple[bytes, ...]:
    """Some words that are other words in another encoding."""
    words: dict[bytes, None] = {}
    for snippet in islice(_snippets(content), MOST_SNIPPETS):
        words.update(dict.fromkeys(_WORD.findall(snippet)))
        if len(words) >= SHOWN_WORDS:
            break
    return tuple(words)[:SHOWN_WORDS]


def _sample(content: bytes) -> bytes:
    return b"\n".join(islice(_snippets(content), MOST_SNIPPETS))


def _snippets(content: bytes) -> Iterator[bytes]:
    """The ends of lines from their first letter beyond ASCII on, with what of its word stands before it."""
    at = 0
    while hit := _BEYOND_ASCII.search(content, at):
        start = max(at, hit.start() - BEFORE)
        word = _WORD_START.search(content[start : hit.start()])
        assert word is not None
        stop = _LINE_END.search(content, hit.start(), hit.start() + LONGEST_SNIPPET)
        at = stop.start() if stop else min(hit.start() + LONGEST_SNIPPET, len(content))
        yield content[start + word.start() : at]


def _everyday(sample: bytes, encoding: str) -> float:
    """The share of everyday characters with a neighbour of their kind among all characters beyond ASCII."""
    strict, everyday = EVERYDAY[encoding]
    text = sample.decode(encoding, errors="replace")
    beyond = [letter for letter in text if not letter.isascii()]
    if not beyond or beyond.count("\ufffd") > MOST_LOST * len(beyond):
        return 0.0
    side_by_side = "".join(_NEIGHBOURS.findall(text))
    known = [letter.encode(strict, "ignore") for letter in side_by_side]
    return sum(len(pair) == 2 and pair[0] in everyday for pair in known) / len(beyond)


def _score(sample: bytes, encoding: str) -> float:
    """How well the letters suit the best suited language that is written in this encoding; higher is better."""
    text = f" {sample.decode(encoding, errors='replace')} "
    places = Counter(place for place in zip(text, text[1:], text[2:], strict=False) if not place[1].isascii())
    if text.count("\ufffd") > MOST_LOST * places.total():
        return -math.inf
    languages = [_chances(alphabet, "".join(ALPHABETS[encoding])) for alphabet in ALPHABETS[encoding]]
    best = max(sum(times * _chance(*place, chances) for place, times in places.items()) for chances in languages)
    return best - HANDICAPS.get(encoding, HANDICAP)


def _chance(before: str, letter: str, after: str, chances: dict[str, float]) -> float:
    """The logarithm of how likely a letter is between its neighbours in a text of this language."""
    if letter in SIGNS:
        inside = _belongs(before) and _belongs(after) and letter != "’"
        return math.log(IMPROBABLE if inside or (letter in NEVER_AFTER_LETTERS and before.isalpha()) else COMMON_SIGN)
    if before.islower() and letter.isupper():
        return math.log(IMPROBABLE)
    chance = chances.get(letter.lower(), IMPROBABLE) / (2 if letter.isupper() else 1)
    is_latin_pair = letter < FIRST_GREEK and before.isalpha() and not before.isascii()
    stands_alone = not before.isalpha() and not after.isalpha()
    return math.log(chance / 10 if is_latin_pair or stands_alone else chance)


def _belongs(letter: str) -> bool:
    return letter.isalpha() or letter in SIGNS


@cache
def _chances(alphabet: str, neighbours: str) -> dict[str, float]:
    """The commoner a letter, the more it is to be expected."""
    weights = {letter: 1 / (rank + 2) for rank, letter in enumerate(alphabet)}
    own = {letter: weight / sum(weights.values()) for letter, weight in weights.items()}
    return dict.fromkeys(neighbours, OF_A_NEIGHBOUR) | own


def _different(sample: bytes, names: list[str]) -> list[str]:
    """The first encoding of each that read the sample alike."""
    texts: dict[str, str] = {}
    for name in names:
        texts.setdefault(sample.decode(name, errors="replace"), name)
    return list(texts.values())
