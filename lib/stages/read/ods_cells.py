"""One cell of an .ods sheet → its text, the same as an .xlsx cell of the same kind has."""

import re

from lib.errors import UnreadableFile
from lib.model.problem import Problem
from lib.stages.read import xml_stream
from lib.stages.read.cells import number_problems, text_of
from lib.stages.read.grid import CellProblem
from lib.stages.read.limits import MAX_CELL
from lib.stages.read.number_formats import percent
from lib.stages.read.sheet_scan import ERROR, NO_RESULT
from lib.words.say import later, say

_BLANKS = re.compile(r"[\t\n\r ]+")
MAX_SPACES = 10_000
_DURATION = re.compile(r"(-?)P(?:(\d{1,6})D)?T?(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,]\d{1,20})?S)?")
ERRORS = ("#", "Err:", "err:")
NUMBERS = ("float", "currency", "percentage")
NO_VALUE = later("This cell holds a number, date or time that cannot be. Type it again.")


class Paragraphs:
    """The text inside a cell as it is read: blanks in the XML count once, elements stand for the others."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._raw: list[str] = []
        self._count = self._size = 0

    def begin(self) -> None:
        """A paragraph begins; all but the first one begin a line."""
        if self._count:
            self.put("\n")
        self._count += 1

    def add(self, characters: str) -> None:
        """Characters that stand in the XML."""
        self._grow(characters)
        self._raw.append(characters)

    def put(self, characters: str) -> None:
        """Characters that an element stands for."""
        self._grow(characters)
        self._flush()
        self._pieces.append(characters)

    def text(self) -> str:
        """What the cell says."""
        self._flush()
        return "".join(self._pieces)

    def _grow(self, characters: str) -> None:
        self._size += len(characters)
        if self._size > MAX_CELL:
            raise UnreadableFile(
                say(
                    "A cell of this workbook holds more than {most:,} characters, which is the most. Shorten it.",
                    most=MAX_CELL,
                )
            )

    def _flush(self) -> None:
        if self._raw:
            text = _BLANKS.sub(" ", "".join(self._raw))
            at_start = not self._pieces or self._pieces[-1] == "\n"
            self._pieces.append(text.lstrip(" ") if at_start else text)
            self._raw.clear()


class SheetCell:
    """A cell while it is read."""

    def __init__(self, attributes: dict[str, str], *, is_covered: bool) -> None:
        own = {name: value for name, value in attributes.items() if "calcext" not in name}
        self.attributes = {xml_stream.local(name): value for name, value in own.items()}
        self.paragraphs = Paragraphs()
        self._is_error = len(own) < len(attributes) and "error" in attributes.values()
        self._is_covered = is_covered

    def read(self) -> tuple[str, list[CellProblem]]:
        """Its text, and what is odd about it; what a merged cell covers is seen by nobody and does not count."""
        if self._is_covered:
            return "", []
        kind, shown = self.attributes.get("value-type", ""), self.paragraphs.text()
        has_formula = "formula" in self.attributes
        if self._is_error or (has_formula and shown.startswith(ERRORS)):
            return shown, [_odd(later("Error in a cell"), shown, ERROR)]
        if has_formula and not kind and not shown:
            never = say("a formula that was never calculated")
            return "", [_odd(later("Formula without a result"), never, NO_RESULT)]
        try:
            text = cell_text(kind, self.attributes, shown)
            return text, number_problems([float(self.attributes["value"])], 0) if kind in NUMBERS else []
        except (ValueError, KeyError):
            return shown, [_odd(later("Not a value"), shown, NO_VALUE)]


def _odd(kind: str, found: str, fix: str) -> CellProblem:
    return CellProblem(0, 0, Problem(kind=kind, expected=later("a value"), fix=fix), found)


def spaces(count: str) -> str:
    """The blanks of one `text:s`."""
    number = int(count) if count.isascii() and count.isdigit() and len(count) < 9 else 1
    return " " * min(number, MAX_SPACES)


def cell_text(kind: str, attributes: dict[str, str], shown: str) -> str:
    """The text of a cell of a type; `shown` is what its paragraphs say. Raises `ValueError` for what is no value."""
    value = attributes.get("value", "")
    if kind in ("float", "currency"):
        return _number(float(value), shown)
    if kind == "percentage":
        decimals = len(re.split(r"[.,]", shown)[-1].rstrip("% \u00a0\u202f")) if re.search(r"\d[.,]\d", shown) else 0
        return percent(text_of(float(value)), decimals=decimals)
    if kind == "date":
        return _date(attributes.get("date-value", ""), shown)
    if kind == "time":
        return shown or _duration(attributes.get("time-value", ""))
    if kind == "boolean":
        return attributes.get("boolean-value", shown).upper()
    return shown or attributes.get("string-value", "")


def _number(value: float, shown: str) -> str:
    """All digits of the number; with the zeros in front that are shown."""
    text = text_of(value)
    is_padded = shown.isascii() and shown.isdigit() and shown.startswith("0") and len(shown) > len(text)
    return shown if is_padded and shown.lstrip("0") == text.lstrip("0") else text


def _date(value: str, shown: str) -> str:
    """The day, and the time of day where one is shown."""
    day, _, clock = value.partition("T")
    if not re.fullmatch(r"-?\d{4,5}-\d\d-\d\d", day):
        raise ValueError(value)
    if ":" not in shown and shown:
        return day
    clock = clock.rstrip("Z").removesuffix(".000000000")
    if not clock:
        return f"{day} 00:00" if shown else day
    return f"{day} {clock.removesuffix(':00') if clock.count(':') == 2 and shown.count(':') < 2 else clock}"


def _duration(value: str) -> str:
    found = _DURATION.fullmatch(value)
    if not found or not any(found.groups()[1:]):
        raise ValueError(value)
    sign, days, hours, minutes, seconds = found[1], *(int(part or 0) for part in found.groups()[1:])
    total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    clock = f"{sign}{total // 3600:02}:{total // 60 % 60:02}"
    return f"{clock}:{total % 60:02}" if total % 60 else clock
