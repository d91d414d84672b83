"""An .xlsx workbook as it was, with other texts in some cells of one tab. Every other byte of its parts stays.

Nothing of the file is run: cells are found by their addresses and put in the place of those that were there. What
programs had worked out is worked out again when they open it.
"""

import re
from collections.abc import Mapping
from html import escape
from typing import Any
from xml.parsers import expat

from lib.errors import UnreadableFile
from lib.stages.read import xml_stream
from lib.stages.read.number_formats import Form
from lib.stages.read.package import TYPES, Package, canonical
from lib.stages.read.places import area, column_letters, place
from lib.stages.read.sheet_scan import CELL, FORMULA, MERGED, ROW
from lib.stages.read.splice import end_of, is_closed, prefix_at, spliced
from lib.stages.read.styles import forms, text_styles
from lib.words.say import say

Wanted = Mapping[int, Mapping[int, str]]  # row from 1 → column from 0 → text
MOST_PART_BYTES = 150_000_000
SPREAD = ("array", "dataTable")  # formulas whose results stand in a whole area
ENCODINGS = ("", "utf-8", "us-ascii")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?")
_ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")


def rewritten(content: bytes, tab: str, wanted: Wanted) -> bytes:
    """The workbook with these texts; raises `UnreadableFile` where it cannot be done without harm."""
    try:
        return _rewritten(Package(content), tab, wanted)
    except (ValueError, expat.ExpatError):  # in what nobody had to understand while it was read
        raise _cannot(say("something in it is not as its format asks for")) from None


def _rewritten(package: Package, tab: str, wanted: Wanted) -> bytes:
    part, (book, _) = package.tab_parts().get(tab, ""), package.main_part()
    writer = _Writer(package.read(part, MOST_PART_BYTES), wanted, forms(package), text_styles(package))
    changed: dict[str, bytes | None] = {part: writer.written()}
    if writer.has_formulas:
        changed |= _to_be_worked_out(package, book)
    return package.repacked(changed)


class _Writer:
    """Finds the cells in a tab's XML, and the places of those that are not there yet."""

    def __init__(self, xml: bytes, wanted: Wanted, forms: Mapping[str, Form], text_styles: frozenset[str]) -> None:
        self.has_formulas = False
        self._xml, self._forms, self._text_styles = xml, forms, text_styles
        self._places = wanted
        self._wanted = {row: dict(texts) for row, texts in wanted.items()}
        self._pieces: list[tuple[int, int, bytes]] = []
        self._row = self._column = 0
        self._began = self._row_began = -1
        self._cell: dict[str, str] = {}
        self._parser = xml_stream.parser()
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.XmlDeclHandler = self._declared

    def written(self) -> bytes:
        """The XML with the new texts."""
        self._parser.Parse(self._xml, True)
        if any(self._wanted.values()):
            raise _cannot(say("not every row was found"))
        return spliced(self._xml, self._pieces)

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if (encoding or "").lower() not in ENCODINGS:
            raise _cannot(say("it is written in {encoding}", encoding=encoding))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        at = self._parser.CurrentByteIndex
        if name in ROW:
            before, self._row = self._row, int(attributes.get("r", self._row + 1))
            self._column, self._row_began = -1, at
            if self._row <= before:
                raise _cannot(say("its rows are not in order"))
        elif name in CELL:
            self._start_of_cell(attributes, at)
        elif name in FORMULA:
            self.has_formulas = True
            if self._began >= 0 and attributes.get("t") in ("shared", *SPREAD):
                raise _cannot(say("a formula of several cells would be torn apart"))
            if attributes.get("t") in SPREAD and self._is_changed_below(attributes.get("ref", "")):
                raise _cannot(say("a formula of several cells would write over a new text"))
        elif name in MERGED and self._is_changed_below(attributes.get("ref", "")):
            raise _cannot(say("a merged cell would hide a new text"))

    def _start_of_cell(self, attributes: dict[str, str], at: int) -> None:
        row, column = place(attributes["r"]) if "r" in attributes else (self._row, self._column + 1)
        if row != self._row or column <= self._column:
            raise _cannot(say("its cells are not in order"))
        texts = self._wanted.get(row, {})
        for before in sorted(one for one in texts if self._column < one < column):
            self._pieces.append((at, at, self._new(before, texts.pop(before), {}, at)))
        self._column = column
        self._began, self._cell = (at, attributes) if column in texts else (-1, {})

    def _is_changed_below(self, addresses: str) -> bool:
        """Whether a cell of this area other than its first one gets a new text."""
        if not addresses:
            return False
        top, left, bottom, right = area(addresses)
        rows = ((row, self._places.get(row, ())) for row in range(top, bottom + 1))
        return any((row, one) != (top, left) and left <= one <= right for row, columns in rows for one in columns)

    def _end(self, name: str) -> None:
        at, texts = self._parser.CurrentByteIndex, self._wanted.get(self._row, {})
        if name in CELL and self._began >= 0:
            cell = self._new(self._column, texts.pop(self._column), self._cell, self._began)
            self._pieces.append((self._began, end_of(self._xml, self._began, at), cell))
            self._began = -1
        elif name in ROW and texts:
            if is_closed(self._xml, self._row_began):
                raise _cannot(say("a row is empty"))
            for column in sorted(texts):
                self._pieces.append((at, at, self._new(column, texts.pop(column), {}, at)))

    def _new(self, column: int, text: str, cell: dict[str, str], at: int) -> bytes:
        """A cell with a text, written with the prefix that stands at this place."""
        prefix, style = prefix_at(self._xml, at), cell.get("s", "")
        style_said = f' s="{escape(style)}"' if style else ""
        head = f'{prefix}c r="{column_letters(column)}{self._row}"{style_said}'
        if not text:
            return f"<{head}/>".encode()
        number = self._number(text, style)
        if number:
            return f"<{head}><{prefix}v>{number}</{prefix}v></{prefix}c>".encode()
        inside = f'<{prefix}is><{prefix}t xml:space="preserve">{_escaped(text)}</{prefix}t></{prefix}is>'
        return f'<{head} t="inlineStr">{inside}</{prefix}c>'.encode()

    def _number(self, text: str, style: str) -> str:
        """The number to keep, where the cell shows this very text then; "" for what stays a text."""
        form = self._forms.get(style)
        if form is None and style not in self._text_styles and _NUMBER.fullmatch(text):
            is_its_own = f"{float(text):.15g}" == text != "-0"  # which comes back as 0
            return text if is_its_own else ""
        return ""


def _escaped(text: str) -> str:
    """As Excel writes what XML cannot hold, or would change."""
    return escape(_ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text), quote=False)


def _to_be_worked_out(package: Package, book: str) -> dict[str, bytes | None]:
    """The parts that have to say so: the order of calculation goes, and the book asks for another."""
    xml = package.read(book, MOST_PART_BYTES)
    changed: dict[str, bytes | None] = {book: _with_calculation(xml)}
    chains = [relation.target for relation in package.relations(book) if relation.kind == "calcChain"]
    if not chains:
        return changed
    relations, chain = package.relations_part(book), chains[0]
    return changed | {
        chain: None,
        relations: _without(package.read(relations, MOST_PART_BYTES), "Relationship", "Type", "calcchain"),
        TYPES: _without(package.read(TYPES, MOST_PART_BYTES), "Override", "PartName", canonical(chain)),
    }


def _with_calculation(xml: bytes) -> bytes:
    pieces = []

    def start(at: int, name: str, attributes: dict[str, str]) -> None:
        if name == "calcPr" and "fullCalcOnLoad" not in attributes:
            after = at + len(f"<{prefix_at(xml, at)}calcPr")
            pieces.append((after, after, b' fullCalcOnLoad="1"'))

    _look_through(xml, start, lambda at, name: None)
    return spliced(xml, pieces)


def _without(xml: bytes, element: str, attribute: str, ending: str) -> bytes:
    """XML without the elements of this name whose attribute ends so."""
    pieces: list[tuple[int, int, bytes]] = []
    began: list[int] = []

    def start(at: int, name: str, attributes: dict[str, str]) -> None:
        if name == element and attributes.get(attribute, "").lower().endswith(ending):
            began.append(at)

    def end(at: int, name: str) -> None:
        if name == element and began:
            first = began.pop()
            pieces.append((first, end_of(xml, first, at), b""))

    _look_through(xml, start, end)
    return spliced(xml, pieces)


def _look_through(xml: bytes, start: Any, end: Any) -> None:
    """Tell where every element begins and ends, by its local name."""
    parser = xml_stream.parser()
    parser.StartElementHandler = lambda name, attributes: start(
        parser.CurrentByteIndex, xml_stream.local(name), attributes
    )
    parser.EndElementHandler = lambda name: end(parser.CurrentByteIndex, xml_stream.local(name))
    parser.Parse(xml, True)


def _cannot(why: str) -> UnreadableFile:
    return UnreadableFile(say("This workbook cannot be mended as it is: {why}.", why=why))
