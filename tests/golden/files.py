"""Small files as programs of many kinds write them, whole and harmed."""

import csv
import io
import random
from collections.abc import Mapping, Sequence

from tests.cases.workbooks import STRICT, ods, workbook

HEAD = ("slug", "Summary", "Price", "Event date", "Available")
ROWS = (
    ("cafe-chair", "Là où le garçon mangeait l'été", "12,50", "13.04.2024", "ja"),
    ("oak-table", "Żółty stół z Łodzi", "1.299,00", "25.12.2024", "nein"),
    ("pine-shelf", "", "", "", ""),
)


def csv_file(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as a CSV file."""
    return _text(rows).encode()


def workbook_file(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as a workbook, in which some numbers are numbers; texts that XML cannot hold are left out."""
    chance = random.Random(len(rows))
    return workbook([[_cell(text, chance) for text in row] for row in rows])


def _cell(text: str, chance: random.Random) -> object:
    if text.isascii() and text.isdecimal() and len(text) < 12 and chance.random() < 0.5:
        return int(text)
    return "".join(letter for letter in text if letter >= " " or letter == "\n") or None


def _text(rows: Sequence[Sequence[str]], delimiter: str = ",", ends: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=ends).writerows(rows)
    return out.getvalue()


def _lossy(encoding: str) -> bytes:
    return _text((HEAD, *ROWS), ";").encode(encoding, "replace")


FILES: Mapping[str, bytes] = {
    "semicolon.csv": _text((HEAD, *ROWS), ";").encode(),
    "tab.tsv": _text((HEAD, *ROWS), "\t").encode("utf-16"),
    "bar.txt": _text((HEAD, *ROWS), "|").encode("utf-8-sig"),
    "cr.csv": _text((HEAD, *ROWS), ";", "\r").encode(),
    "mixed-ends.csv": b'slug,Summary\r\noak-table,"a\rb"\ncafe-chair,c\rpine-shelf,d\n',
    "cp1252.csv": _lossy("cp1252"),
    "cp1250.csv": _lossy("cp1250"),
    "macroman.csv": _lossy("mac-roman"),
    "bad-byte.csv": "slug,Summary\ncafe-chair,Ein schöner Stuhl\npine-shelf,Caf".encode() + b"\xe9\n",
    "cut-character.csv": "slug,Summary\ncafe-chair,x\npine-shelf,Café".encode()[:-1],
    "ragged.csv": b"slug,Summary,Price\noak-table,a,1,2\ncafe-chair,b\n\n,,\npine-shelf,d,3\n,x,\n",
    "headers.csv": b"slug,Price,price,,Sumary,Unavailable,Size (cm),Size\noak-table,1,2,3,4,yes,6,7\n",
    "title.csv": b"Prices of May\n\nslug;Price\noak-table;120\ncafe-chair;12,5\n",
    "quotes.csv": b'slug,Summary\noak-table, "a, b"\ncafe-chair,="007"\npine-shelf,"she said ""no"""\n',
    "unclosed.csv": b'slug,Summary\noak-table,"open\ncafe-chair,b\n',
    "zeros.csv": b"slug,Summary\noak-table,a\x00b\n",
    "tail.csv": b"slug,Price\noak-table,120\n" + b",\n" * 3_000,
    "empty.csv": b"slug,Price\n",
    "page.html": b"<!DOCTYPE html><html><body>no table</body></html>",
    "old.xls": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
    "plain.xlsx": workbook([["slug", "Summary", "Price"], ["oak-table", "Oak", 120], ["cafe-chair", "b", 12.5]]),
    "formats.xlsx": workbook(
        [
            ["slug", "Summary", "Event date", "Starts at"],
            ["oak-table", (1.135416666, "[h]:mm"), (45413, "yyyy-mm-dd"), (45413, "yyyy-mm-dd hh:mm")],
            ["cafe-chair", (0.395833333, "hh:mm"), (45415.5, "d.m.yy"), (45413.770833333, "yyyy-mm-dd hh:mm")],
            ["pine-shelf", (0.5, "0%"), "13/04/2024", (45356, "mmm d")],
        ]
    ),
    "swapped.xlsx": workbook(
        [
            ["slug", "Event date"],
            ["oak-table", "13/04/2024"],
            ["cafe-chair", (45385, "yyyy-mm-dd")],
            ["pine-shelf", "25/12/2024"],
        ]
    ),
    "errors.xlsx": workbook(
        [
            ["slug", "Price", "Main image"],
            ["oak-table", ("#DIV/0!", "error"), None],
            ["cafe-chair", 5, ("#VALUE!", "picture")],
        ],
        namespace=STRICT,
        prefix="x",
    ),
    "hidden.xlsx": workbook(
        [["slug", "Price", "Summary"], ["oak-table", 120, "a"], ["cafe-chair", 1, "b"]],
        hidden_rows=(3,),
        hidden_columns=(3,),
        filtered=True,
    ),
    "root.xlsx": workbook([["slug", "Price"], ["oak-table", 120]], folder="", addresses=False),
    "merged.ods": ods([["slug", "Summary"], ["oak-table", ("Indoor", 2)], ["cafe-chair", None]]),
    "bare.ods": ods([["slug", "Summary"], ["oak-table", "x"]], mimetype=False),
    "damaged.xlsx": workbook([["slug"], ["oak-table"]])[:-40],
}
