"""Bytes → the readers, as in the process that reads a file: whatever the bytes, only `UnreadableFile` comes out.

Workbooks are changed inside of their parts and packed again, since what is packed tells a fuzzer nothing. Old .xls
files are left out: their reader is no Python, so that nothing leads through it, and only its process ends it when it
runs in circles. `tests.stages.read.mutations` is for these.
"""

import random
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import TypeVar

from lib.errors import UnreadableFile
from lib.stages.read import wire, xml_stream
from lib.stages.read.child import WithoutPandas, read, rewrite
from lib.stages.read.kind import OLE
from lib.stages.read.request import Request
from lib.stages.read.text import DELIMITERS, ENCODINGS
from tests.fuzz.sound_files import seeds
from tests.stages.read.forms import archive
from tests.stages.read.mutations import INSIDE

__all__ = ["MOST_BYTES", "get_ready", "mutated", "run", "seeds"]

MOST_BYTES = 40_000
LONGEST_SENTENCE = 500
PIECE_BYTES = 400  # so that small parts come in several pieces, as large ones do
MENDED = {"2": {"0": "new", "1": "1.5"}}
Answer = TypeVar("Answer")
Mutate = Callable[[bytes, int], bytes]


def get_ready() -> None:
    """What the process does before it reads anything; and parts come in small pieces."""
    sys.meta_path.insert(0, WithoutPandas())
    xml_stream.PIECE_BYTES = PIECE_BYTES


def run(content: bytes) -> None:
    """Read a file in several ways; each ends as columns that can be handed over, or as a sentence. A workbook that can
    be read can be mended too, or a sentence says why not."""
    if content.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(OLE):
        return
    for request in _requests(content):
        found = _or_a_sentence(partial(read, request, content))
        if found is None:
            continue
        if content.startswith(b"PK"):
            _or_a_sentence(partial(rewrite, replace(request, tab=found.source.tab, texts=MENDED), content))
        stream = BytesIO(b"".join(wire.dump(found)))
        told = wire.load(stream.read)
        assert (told.widths == found.widths).all() and told.cells == found.cells and told.source == found.source


def _or_a_sentence(work: Callable[[], Answer]) -> Answer | None:
    try:
        return work()
    except UnreadableFile as error:
        assert 20 < len(str(error)) < LONGEST_SENTENCE
        return None


def _requests(content: bytes) -> Iterator[Request]:
    """As nobody says how, and as somebody may."""
    yield Request(file_name="a")
    choice = zlib.crc32(content)
    if content.startswith(b"PK"):
        yield Request(file_name="a", tab=("Tab", "Second", "")[choice % 3])
    else:
        encodings, delimiters = [None, *ENCODINGS], [None, *DELIMITERS]
        encoding, delimiter = encodings[choice % len(encodings)], delimiters[choice // 64 % len(delimiters)]
        yield Request(file_name="a", encoding=encoding, delimiter=delimiter)


def mutated(content: bytes, most: int, seed: int, mutate: Mutate) -> bytes:
    """Other bytes, at most so many: those of a workbook mostly changed inside of a part."""
    chance = random.Random(seed)
    try:
        with zipfile.ZipFile(BytesIO(content)) as file:
            parts = {entry.filename: file.read(entry) for entry in file.infolist()}
    except Exception:  # no archive, or one that is damaged already
        return mutate(content, most)
    if not parts or chance.random() < 0.1:
        return mutate(content, most)
    name = chance.choice(list(parts))
    if chance.random() < 0.5 or len(parts[name]) < 2:
        parts[name] = mutate(parts[name], most)
    else:
        parts[name] = chance.choice(INSIDE)(chance, parts[name])
    packed = archive(dict(parts))
    return packed if len(packed) <= most else content[:most]
