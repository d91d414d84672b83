"""The smallest .xls file: BIFF8 records in a compound file, written by hand."""

import struct

NONE, FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512
SMALLEST_STREAM = 4096


def xls(rows: list[list[str | float]]) -> bytes:
    """A workbook with one tab."""
    return _container(_book(rows))


def _book(rows: list[list[str | float]]) -> bytes:
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    cells = b"".join(_cell(y, x, value) for y, row in enumerate(rows) for x, value in enumerate(row))
    tab = b"\x03\x00Tab"
    head = _record(0x0809, begin)
    place = len(head) + 4 + 6 + len(tab) + 4
    book = head + _record(0x0085, struct.pack("<IH", place, 0) + tab) + _record(0x000A)
    return book + _record(0x0809, begin[:2] + b"\x10\x00" + begin[4:]) + cells + _record(0x000A)


def _cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return _record(0x0204, place + struct.pack("<HB", len(value), 0) + value.encode("latin-1"))
    return _record(0x0203, place + struct.pack("<d", value))


def _record(kind: int, payload: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(payload)) + payload


def _container(stream: bytes) -> bytes:
    """One stream called Workbook: sector 0 says which sector follows which, 1 is the directory, then the stream."""
    stream = stream.ljust(max(SMALLEST_STREAM, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    version = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    starts = struct.pack("<9I", 0, 1, 1, 0, SMALLEST_STREAM, END, 0, END, 0)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + version + starts
    sectors = [FAT, END, *range(3, 2 + count), END]
    follows = struct.pack("<128I", *sectors, *[FREE] * (128 - len(sectors)))
    directory = _entry("Root Entry", 5, child=1, start=END) + _entry("Workbook", 2, start=2, size=len(stream))
    return head + struct.pack("<109I", 0, *[FREE] * 108) + follows + directory.ljust(SECTOR, b"\0") + stream


def _entry(name: str, kind: int, *, child: int = NONE, start: int = 0, size: int = 0) -> bytes:
    letters = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBBIII36xIQ", letters, len(letters), kind, 1, NONE, NONE, child, start, size)
