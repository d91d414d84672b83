"""Thousands of damaged files, made from small sound ones with a seed: each ends as a sheet or as a sentence.

`python -m tests.stages.read.mutations --files 2000 --seed 1` prints what came out.
"""

import argparse
import random
import sys
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

import xlsxwriter

from lib.errors import UnreadableFile
from lib.stages.read import read_sheet
from tests.stages.read.forms import HEADER, archive, ods, ods_cell, row, shared_texts, text, xlsx
from tests.stages.read.old_excel import xls

NUMBERS = (
    "0",
    "-1",
    "1e400",
    "-1e300",
    "NaN",
    "abc",
    "4294967295",
    "99999999999999999999",
    "",
    "1048576",
    "16384",
    "§",
)
TEXTS = (
    "",
    "&#0;",
    "]]>",
    "<!--",
    "<![CDATA[",
    "&unknown;",
    "\ud7ff",
    "A1",
    "XFD1048576",
    "e",
    "s",
    "true",
    " " * 5_000,
)
SHORT_SECONDS = 0.005
Mutation = Callable[[random.Random, bytes], bytes]
Read = Callable[[str, bytes], object]


def sound_files() -> dict[str, bytes]:
    """One small file of each kind."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})
        sheet = book.add_worksheet("Tab")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["Name", "Value", "Day"])
        for number in range(1, 12):
            sheet.write_row(number, 0, [f"item {number}", number / 3])
            sheet.write_number(number, 2, 45_000 + number, day)
        sheet.write_formula(12, 1, "=NA()", None, "#N/A")
        sheet.merge_range(13, 0, 14, 0, "both")
        sheet.set_row(4, None, None, {"hidden": True})
    cells = '<c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>'
    rows = "".join(
        f"<table:table-row>{ods_cell('Name')}{ods_cell(n)}</table:table-row>" for n in ["Value", "one", "two"]
    )
    return {
        "written.xlsx": target.getvalue(),
        "shared.xlsx": xlsx(HEADER + row(2, cells), shared=shared_texts("a", "b", claim='count="2" uniqueCount="2"')),
        "inline.xlsx": xlsx(HEADER + row(2, text("A2", "a"), '<c r="B2" s="2"><v>1.5</v></c>')),
        "table.ods": ods(rows),
        "table.xls": xls([["Name", "Value"], ["a", 1.5], ["b", "x"]]),
        "commas.csv": b'Name,Value\r\na,"x, y"\r\nb,1\r\n' * 20,
        "wide.csv": "Name;Ort\nÄ;Köln\n".encode("utf-16"),
        "latin.tsv": "Name\tOrt\nÄ\tKöln\n".encode("cp1252") * 10,
    }


def flipped(chance: random.Random, content: bytes) -> bytes:
    """A few bytes changed."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 20))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(chance: random.Random, content: bytes) -> bytes:
    """The end, or a piece in the middle, is missing."""
    start = chance.randrange(1, len(content))
    return content[:start] + content[start + chance.choice((len(content), 1, 30)) :]


def repeated(chance: random.Random, content: bytes) -> bytes:
    """A piece stands there many times."""
    start = chance.randrange(len(content))
    return content[:start] + content[start : start + 40] * chance.choice((2, 50, 5_000)) + content[start:]


def inside(change: Mutation) -> Mutation:
    """The same change within one member of an archive."""

    def changed(chance: random.Random, content: bytes) -> bytes:
        with zipfile.ZipFile(BytesIO(content)) as file:
            members = {name: file.read(name) for name in file.namelist()}
        name = chance.choice([name for name, member in members.items() if member])
        return archive({**members, name: change(chance, members[name])})

    return changed


def attribute(chance: random.Random, content: bytes) -> bytes:
    """A value between quotation marks is another one: counts, addresses, types, styles, repetitions."""
    parts = content.split(b'"')
    if len(parts) > 2:
        parts[chance.randrange(1, len(parts) - 1)] = chance.choice(NUMBERS + TEXTS).encode("utf-8", "replace")
    return b'"'.join(parts)


def between_tags(chance: random.Random, content: bytes) -> bytes:
    """A text between two tags is another one."""
    places = [at for at in range(len(content)) if content[at : at + 1] == b">"]
    at = chance.choice(places) + 1 if places else 0
    end = content.find(b"<", at)
    return content[:at] + chance.choice(NUMBERS + TEXTS).encode("utf-8", "replace") + content[max(end, at) :]


def missing(chance: random.Random, content: bytes) -> bytes:
    """A member of an archive is missing, or has another name."""
    with zipfile.ZipFile(BytesIO(content)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    name = chance.choice(list(members))
    member = members.pop(name)
    return archive({**members, chance.choice((name.upper(), name.replace("/", "\\"), "other", "../" + name)): member})


ANY: tuple[Mutation, ...] = (flipped, cut, repeated)
INSIDE: tuple[Mutation, ...] = (*ANY, attribute, attribute, attribute, between_tags, between_tags)
ARCHIVE: tuple[Mutation, ...] = (*ANY, *map(inside, INSIDE), missing)


def files(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many damaged files, the same for the same seed."""
    chance = random.Random(seed)
    sound = sound_files()
    for number in range(count):
        name = chance.choice(list(sound))
        content = sound[name]
        mutations = ARCHIVE if content.startswith(b"PK") else ANY
        for _ in range(chance.choice((1, 1, 2, 4))):
            if not (content.startswith(b"PK") and zipfile.is_zipfile(BytesIO(content))):
                mutations = ANY
            try:
                content = chance.choice(mutations)(chance, content) or content
            except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, IndexError):
                break  # damaged so much that its members cannot be changed any more
            except Exception as error:
                if type(error).__name__ != "error":  # zlib.error
                    raise
                break
        yield f"{number} {name}", content


@dataclass
class Tally:
    """What came of the files: sheets, sentences, and anything else by its name."""

    outcomes: Counter[str] = field(default_factory=Counter)
    sentences: Counter[str] = field(default_factory=Counter)
    others: list[str] = field(default_factory=list)


def run(count: int, seed: int, read: Read = read_sheet) -> Tally:
    """Read them all one after the other; `read` is called with the name and the bytes of each."""
    tally = Tally()
    for name, content in files(count, seed):
        try:
            read(name, content)
            tally.outcomes["sheet"] += 1
        except UnreadableFile as error:
            tally.outcomes["sentence"] += 1
            tally.sentences[str(error)[:60]] += 1
        except BaseException as error:
            tally.outcomes["other"] += 1
            tally.others.append(f"{name}: {type(error).__name__}: {error}")
    return tally


@dataclass
class Watch:
    """Reads files, and measures how long each takes and how long a second thread is kept waiting meanwhile."""

    longest_seconds: float = 0.0
    longest_stall: float = 0.0
    _over: threading.Event = field(default_factory=threading.Event)

    def read(self, name: str, content: bytes) -> None:
        began = time.perf_counter()
        try:
            read_sheet(name, content)
        finally:
            self.longest_seconds = max(self.longest_seconds, time.perf_counter() - began)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """While the second thread is at it."""
        thread = threading.Thread(target=self._measure_stalls, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    def _measure_stalls(self) -> None:
        while not self._over.is_set():
            before = time.perf_counter()
            time.sleep(SHORT_SECONDS)
            self.longest_stall = max(self.longest_stall, time.perf_counter() - before - SHORT_SECONDS)


def _peak_megabytes(who: int) -> float:
    import resource

    return resource.getrusage(who).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> None:
    """The long form."""
    import resource

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=2_000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    for name, content in sound_files().items():
        print(f"{name}: {len(content):,} bytes, {read_sheet(name, content).row_count} rows")
    before = _peak_megabytes(resource.RUSAGE_SELF)
    watch = Watch()
    with watch.watching():
        tally = run(given.files, given.seed, watch.read)
    print(f"seed {given.seed}, {given.files:,} files: {dict(tally.outcomes)}")
    print(*tally.sentences.most_common(), *tally.others, sep="\n")
    print(f"peak memory of a reader: {_peak_megabytes(resource.RUSAGE_CHILDREN):,.0f} MB")
    print(f"growth of this process: {_peak_megabytes(resource.RUSAGE_SELF) - before:,.0f} MB")
    print(f"longest time: {watch.longest_seconds:.2f} s, longest stall of another thread: {watch.longest_stall:.3f} s")


if __name__ == "__main__":
    main()
