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
from io import BytesIO
from itertools import chain

from lib.errors import UnreadableFile
from lib.stages.read import wire
from lib.stages.read.child import WithoutPandas, read
from lib.stages.read.kind import OLE
from lib.stages.read.request import Request
from lib.stages.read.text import DELIMITERS, ENCODINGS
from tests.cases import workbooks
from tests.stages.read.forms import HEADER, archive, row, text, xlsx
from tests.stages.read.mutations import INSIDE, sound_files

MOST_BYTES = 40_000
LONGEST_SENTENCE = 500
ROWS = [["Name", "Value", "When"], ["a", 1.5, (0.5, "h:mm")], [("#N/A", "error"), None, (45_000, "yyyy-mm-dd")]]
Mutate = Callable[[bytes, int], bytes]


def seeds() -> list[bytes]:
    """Small sound files of every kind, and some that are odd."""
    return [
        *(content for content in sound_files().values() if not content.startswith(OLE)),
        workbooks.workbook(ROWS, hidden_rows=(2,), hidden_columns=(1, 3)),
        workbooks.workbook(ROWS, namespace=workbooks.STRICT, prefix="x", folder="", addresses=False, filtered=True),
        workbooks.ods([["Name", "Value"], [("a  b", 2), "x\ty"], [None, "two\nlines"]]),
        xlsx(HEADER + row(2, text("A2", "a"), '<c r="B2"><f>1</f><v/></c>'), behind='<mergeCell ref="A1:B2"/>'),
        b'sep=;\r\nName;Value\r\na;1\r\n\r\nb;"x;y"\r\n',
        b'"Name,Value"\n"a,1"\n"b,""x"""\n',
        b'Name|Value\na|"say \\"hi\\" twice"\nb|c|d\n',
        b'Name,Value\r"a\nb",  "c" \r\n,,,\r\n',
        "Наименование;Цена\nстул;12\n".encode("cp1251"),
        "名前,値\n椅子,12\n".encode("cp932"),
        "Name\tValue\nZoë\t½ €\n".encode("utf-16-be"),
        b"\xef\xbb\xbfName,Value\nCaf\xc3\xa9,\xff\n",
    ]


def get_ready() -> None:
    """What the process does before it reads anything."""
    sys.meta_path.insert(0, WithoutPandas())


def run(content: bytes) -> None:
    """Read a file in several ways; each ends as columns that can be handed over, or as a sentence."""
    if content.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(OLE):
        return
    for request in _requests(content):
        try:
            found = read(request, content)
        except UnreadableFile as error:
            assert 20 < len(str(error)) < LONGEST_SENTENCE
            continue
        stream = BytesIO(b"".join(chain(wire.dump(found))))
        told = wire.load(stream.read)
        assert (told.widths == found.widths).all() and told.cells == found.cells and told.source == found.source


def _requests(content: bytes) -> Iterator[Request]:
    """As nobody says how, and as somebody may."""
    yield Request(file_name="a")
    choice = zlib.crc32(content)
    if content.startswith(b"PK"):
        yield Request(file_name="a", tab=("Tab", "Sheet2", "")[choice % 3])
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
    if chance.random() < 0.5:
        parts[name] = mutate(parts[name], most)
    elif parts[name]:
        parts[name] = chance.choice(INSIDE)(chance, parts[name])
    packed = archive(dict(parts))
    return packed if len(packed) <= most else content[:most]
