"""The texts that the cells of an .xlsx file share: what they would take is known before anybody copies them."""

from functools import partial

from lib.errors import UnreadableFile
from lib.stages.read import xml_stream
from lib.stages.read.package import Package
from lib.words.say import say

LONGEST_IN_A_CELL = 32_767  # Excel's own limit
CLAIM_MATTERS_FROM = 1_000_000


def long_texts(package: Package) -> dict[int, int]:
    """Number → characters of the shared texts that are longer than a cell can hold in Excel.

    Raises `UnreadableFile` where the file claims to hold far more texts than it does: readers make room for them.
    """
    name = package.shared_texts()
    if name is None:
        return {}
    glance = _Glance()
    xml_stream.feed(glance.parse, partial(package.open, name), name)
    if glance.is_harmless:
        return {}
    lengths, claims = _lengths(package, name)
    if claims > max(CLAIM_MATTERS_FROM, 2 * len(lengths)):
        raise UnreadableFile(
            say(
                "This workbook is damaged: it claims to hold {claims:,} different texts and holds {texts:,}. "
                "Open it in your spreadsheet program and save it again as .xlsx.",
                claims=claims,
                texts=len(lengths),
            )
        )
    return {number: length for number, length in enumerate(lengths) if length > LONGEST_IN_A_CELL}


class _Glance:
    """Measures how far the beginnings of texts are apart, without listening to every element."""

    def __init__(self) -> None:
        self._parser = xml_stream.parser()
        self._parser.StartElementHandler = self._start
        self._claims = self._since = self._furthest = 0
        self._last = b""
        self._hides = False  # behind these signs, what looks like a beginning may be none

    @property
    def is_harmless(self) -> bool:
        """Whether no text can be long, and no claim matters."""
        return self._furthest <= LONGEST_IN_A_CELL and self._claims <= CLAIM_MATTERS_FROM and not self._hides

    def parse(self, piece: bytes, is_last: bool) -> None:
        """Take in the next piece of the XML. The parser sees all of it, and says if it is not well-formed."""
        self._parser.Parse(piece, is_last)
        first, *others = map(len, piece.split(b"<si"))
        self._furthest = max(self._furthest, self._since + first, *others)
        self._since = others[-1] if others else self._since + first
        self._hides |= b"<!" in self._last + piece
        self._last = piece[-1:]

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        self._claims = _claim(attributes)
        self._parser.StartElementHandler = None


def _claim(attributes: dict[str, str]) -> int:
    claim = attributes.get("uniqueCount", "")
    return int(claim[:30]) if claim.isascii() and claim.isdigit() else 0


def _lengths(package: Package, name: str) -> tuple[list[int], int]:
    """The characters of each text, and how many there are said to be."""
    lengths: list[int] = []
    claims = 0

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal claims
        kind = xml_stream.local(element)
        if kind == "si":
            lengths.append(0)
        elif kind == "sst":
            claims = _claim(attributes)

    def text(characters: str) -> None:
        if lengths:
            lengths[-1] += len(characters)

    parser = xml_stream.parser()
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    xml_stream.feed(parser.Parse, partial(package.open, name), name)
    return lengths, claims
