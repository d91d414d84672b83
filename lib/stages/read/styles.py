"""The styles of an .xlsx workbook: which of them show numbers in another form, and the cells as they show them."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from lib.model.problem import Problem
from lib.stages.read import xml_stream
from lib.stages.read.grid import CellProblem
from lib.stages.read.number_formats import BUILT_IN, Form, form_of
from lib.stages.read.package import Package
from lib.words.say import later

TEXT, TEXT_FORMAT = "@", 49
NO_DATE = Problem(
    kind=later("Not a date"),
    expected=later("a date or time that exists"),
    fix=later(
        "This cell has the format of a date or time, but its number is none (below zero, for instance). "
        "Type the date again."
    ),
)


@dataclass(slots=True)
class Places:
    """Where the cells of one style stand: rows from 1, columns from 0."""

    rows: "array[int]" = field(default_factory=lambda: array("I"))
    columns: "array[int]" = field(default_factory=lambda: array("I"))


def forms(package: Package) -> dict[str, Form]:
    """The number of a style, as cells name it → what it makes of their text, for the styles that change it."""
    styles, codes = _formats(package)
    known = {number: form_of(codes[number]) for number in set(styles) & set(codes)}
    found = {str(style): known.get(number) for style, number in enumerate(styles)}
    return {style: form for style, form in found.items() if form}


def text_styles(package: Package) -> frozenset[str]:
    """The numbers of the styles whose cells hold texts, whatever is typed into them."""
    styles, codes = _formats(package)
    return frozenset(str(style) for style, number in enumerate(styles) if codes.get(number) == TEXT)


def _formats(package: Package) -> tuple[list[int], dict[int, str]]:
    """The number of the format of each style, and what these numbers stand for."""
    name = package.styles()
    codes = BUILT_IN | {TEXT_FORMAT: TEXT}
    styles: list[int] = []
    inside = False

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        kind = xml_stream.local(element)
        if kind == "numFmt":
            codes[_number(attributes)] = attributes.get("formatCode", "")
        elif kind == "xf" and inside:
            styles.append(_number(attributes))
        else:
            inside = kind == "cellXfs" or (inside and kind not in ("cellStyleXfs", "cellStyles", "dxfs"))

    if name is not None:
        parser = xml_stream.parser()
        parser.StartElementHandler = start
        xml_stream.feed(parser.Parse, partial(package.open, name), name)
    return styles, codes


def show(rows: list[list[str]], places: Mapping[str, Places], forms: Mapping[str, Form]) -> list[CellProblem]:
    """Put the cells of `rows` into the form of their styles; those that have none are told."""
    problems = []
    for style, cells in places.items():
        known: dict[str, str | None] = {}
        for row, column in zip(cells.rows, cells.columns, strict=True):
            if not 0 < row <= len(rows) or column >= len(rows[row - 1]):
                continue
            text = rows[row - 1][column]
            if text not in known:
                known[text] = forms[style](text)
            shown = known[text]
            if shown is None:
                problems.append(no_date(row, column, text))
            else:
                rows[row - 1][column] = shown
    return problems


def no_date(row: int, column: int, found: str) -> CellProblem:
    """A cell with the format of a date or time, and a number that is none."""
    return CellProblem(row, column, NO_DATE, found)


def _number(attributes: dict[str, str]) -> int:
    text = attributes.get("numFmtId", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
