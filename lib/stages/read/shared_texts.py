"""The texts that the cells of an .xlsx file share: what they would take is known before anybody copies them."""

from functools import partial

from lib.errors import UnreadableFile
from lib.stages.read import xml_stream
from lib.stages.read.package import Package

LONGEST_IN_A_CELL = 32_767  # Excel's own limit
CLAIM_MATTERS_FROM = 1_000_000


def long_texts(package: Package) -> dict[int, int]:
    """Number → characters of the shared texts that are longer than a cell can hold in Excel.

    Raises `UnreadableFile` where the file claims to hold far more texts than it does: readers make room for them.
    """
    name = package.shared_texts()
    lengths: list[int] = []
    claims = 0

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal claims
        kind = xml_stream.local(element)
        if kind == "si":
            lengths.append(0)
        elif kind == "sst":
            claim = attributes.get("uniqueCount", "")
            claims = int(claim[:30]) if claim.isascii() and claim.isdigit() else 0

    def text(characters: str) -> None:
        if lengths:
            lengths[-1] += len(characters)

    if name is not None:
        parser = xml_stream.parser()
        parser.StartElementHandler, parser.CharacterDataHandler = start, text
        xml_stream.feed(parser, partial(package.open, name), name)
    if claims > max(CLAIM_MATTERS_FROM, 2 * len(lengths)):
        raise UnreadableFile(
            f"This workbook is damaged: it claims to hold {claims:,} different texts and holds {len(lengths):,}. "
            "Open it in your spreadsheet program and save it again as .xlsx."
        )
    return {number: length for number, length in enumerate(lengths) if length > LONGEST_IN_A_CELL}
