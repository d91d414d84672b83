"""CSV and its relatives: encoding, delimiter, quotes. One record is one row, as spreadsheet programs count."""

import csv
import io
import re
from collections import Counter

from lib.errors import UnreadableFile
from lib.model.sheet import Source
from lib.stages.read.grid import Grid
from lib.stages.read.limits import check_size

ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 (little endian)",
    "utf-16-be": "UTF-16 (big endian)",
    "cp1252": "Windows, Western European",
    "cp1250": "Windows, Central European",
    "cp1251": "Windows, Cyrillic",
    "mac_roman": "Mac, Western European",
    "cp932": "Japanese (Shift JIS)",
    "gb18030": "Chinese (GB 18030)",
}
DELIMITERS = {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Vertical bar"}
LONGEST_CELL = 50_000_000
SAMPLE_BYTES = 64_000
SAMPLE_RECORDS = 60
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_text(file_name: str, content: bytes, *, encoding: str | None, delimiter: str | None) -> Grid:
    """The rows of a text file; raises `UnreadableFile`."""
    encoding = encoding or detect_encoding(content)
    text = _decoded(content, encoding)
    named = SEP_LINE.match(text)
    body = text[named.end() :] if named else text
    delimiter = delimiter or (named.group(1) if named else detect_delimiter(body))
    rows = _records(body, delimiter)
    rows = [["sep=" + delimiter], *rows] if named else rows  # it stays row 1, so that row numbers stay true
    check_size(len(rows), max(map(len, rows), default=0))
    return Grid(source=Source(file_name=file_name, encoding=encoding, delimiter=delimiter), rows=rows)


def detect_encoding(content: bytes) -> str:
    """A byte order mark, else UTF-16 by its zero bytes, else UTF-8 if it is valid, else Windows Western European."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = content[:SAMPLE_BYTES]
    if sample[1::2].count(0) > len(sample) / 5:
        return "utf-16-le"
    if sample[0::2].count(0) > len(sample) / 5:
        return "utf-16-be"
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def detect_delimiter(text: str) -> str:
    """The delimiter that cuts the first records most evenly; a comma where there is only one column."""
    sample = text[:SAMPLE_BYTES]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    records = list(zip(range(SAMPLE_RECORDS), csv.reader(io.StringIO(sample), delimiter=delimiter), strict=False))
    widths = Counter(len(record) for _, record in records if record)
    if not widths:
        return 0.0, 0
    width, frequency = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1]))
    return (frequency / sum(widths.values()), width) if width > 1 else (0.0, 1)


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        if encoding != "cp1252":
            raise UnreadableFile(
                f"This file is not written in {ENCODINGS.get(encoding, encoding)}. Choose another encoding."
            ) from None
        text = content.decode("cp1252", errors="replace")
    if len(CONTROL.findall(text[:SAMPLE_BYTES])) > min(len(text), SAMPLE_BYTES) / 50:
        raise UnreadableFile(
            "This file does not hold text: it is made for a program, not for people. Choose a CSV or Excel file."
        )
    return text.removeprefix("\ufeff")


def _records(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
    except csv.Error as error:
        raise UnreadableFile(_quote_trouble(len(rows) + 1, str(error))) from None
    return rows


def _quote_trouble(row: int, error: str) -> str:
    if "unexpected end of data" in error:
        return (
            f'Row {row:,} opens a quotation mark (") that is never closed, so nothing after it can be told apart. '
            "Close it, or write a quotation mark inside a value twice."
        )
    if "expected after" in error:
        return (
            f'Row {row:,} has a quotation mark (") in the middle of a quoted value. '
            "Write quotation marks inside a value twice, or save the file again from your spreadsheet program."
        )
    return f"Row {row:,} cannot be read ({error}). Save the file again from your spreadsheet program."
