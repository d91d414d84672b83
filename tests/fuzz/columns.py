"""A column of texts → values and problems, for every field type: nothing is raised, every text that says something has
a value or an error, and each problem stands in rows of the sheet.

The first bytes of an input choose the field and how it is to be read, the others are its cells.
"""

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pandas as pd

from lib.fields import ReadContext, Reading, kind_of
from lib.model.collection import Field, FieldType
from lib.model.mapping import Blanks, ColumnMapping, Match, ReadingChoices, Role
from lib.model.problem import Problem
from lib.stages.check import check
from lib.stages.schema import refuse_lost
from tests.builders import a_collection, a_field, a_sheet, an_id, an_item
from tests.fuzz.readers import Mutate

MOST_BYTES = 2_000
WHOLE = 224  # from here on the whole sheet is checked, which takes ten times as long
BETWEEN_CELLS = "\x1f"
TYPES = [type for type in FieldType if type is not FieldType.UNKNOWN]
MAKERS = an_id(0xAA)
OPTIONS = {"options": [{"id": "o1", "name": "Café "}, {"id": "o2", "name": "Rock & Roll"}, {"id": "o3", "name": "12"}]}
LIMITS: tuple[dict[str, object], ...] = (
    {},
    {"format": "date-time"},
    {"singleLine": True, "minLength": 2, "maxLength": 5},
    {"format": "integer", "minValue": 1, "maxValue": 99, "allowNegative": False},
)
CHOICES = (
    ReadingChoices(),
    ReadingChoices(day_first=True, decimal=",", separator=";"),
    ReadingChoices(day_first=False, decimal=".", separator=",", markdown=True),
)
AROUND = ReadContext(
    targets={MAKERS: [an_item(1, {"name": "Tom & Jerry"}), an_item(2, {"name": "Zoë, Å"}), an_item(3, {"name": "12"})]},
    time_zone="Europe/Berlin",
)
CELLS = (
    "TRUE\x1fnein\x1f\x1f✓",
    "1.234,56\x1f-12%\x1f€ 5\x1f1e3\x1f(7)",
    "03/04/2025\x1f2024-05-01T10:00Z\x1f1. Mai 2024 10:30\x1f45000",
    "https://a.example/b.jpg\x1fwww.a.example\x1f//x | A chair; https://b.example/ü.png",
    "<p>One <b>two</b></p>\x1f# Head\n\n* a\n* b\x1fa &amp; b\x1f<script>x",
    "Tom & Jerry; zoë, å\x1fitem-1\x1f000000000000000000000001\x1fRock & Roll",
    "#fff\x1frgb(1,2,3)\x1fhsl(10deg 5% 5%)\x1fa@b.example\x1f+49 (0) 30",
    "CafÃ©\x1f#N/A\x1f5,58E+12\x1f  x\u200b \x1f\x00",
)


def seeds() -> list[bytes]:
    """Each kind of cell for each type."""
    return [
        bytes([type, (type + number) % len(LIMITS), number + (WHOLE if type == number else 0)]) + cells.encode()
        for type in range(len(TYPES))
        for number, cells in enumerate(CELLS)
    ]


def get_ready() -> None:
    """Nothing to do."""


def mutated(data: bytes, most: int, seed: int, mutate: Mutate) -> bytes:
    """Other bytes, at most so many."""
    return mutate(data, most)


def run(data: bytes) -> None:
    """Read the column by itself, or check a sheet that consists of it and of a column that finds the items."""
    type, limits, choices, *_ = data[:3].ljust(3, b"\0")
    validations = {**OPTIONS, "collectionId": MAKERS, **LIMITS[limits % len(LIMITS)]}
    field = replace(a_field("f", validations=validations, is_required=bool(limits & 4)), type=TYPES[type % len(TYPES)])
    texts = data[3:].decode("utf-8", "replace").split(BETWEEN_CELLS)
    how = CHOICES[choices % len(CHOICES)]
    if choices >= WHOLE and field.type is not FieldType.ALT_TEXT:  # which is no field of its own
        _check(texts, field, how, Blanks.CLEAR if choices % 2 else Blanks.KEEP)
    else:
        _read(pd.Series(texts, index=range(2, len(texts) + 2), name="Column", dtype="str"), field, how)


def _read(texts: pd.Series, field: Field, choices: ReadingChoices) -> None:
    kind = kind_of(field.type)
    reading: Reading = kind.read(texts, field, choices, AROUND)
    _are_of(texts.index, reading.problems)
    refuse_lost(reading, texts, np.zeros(len(texts), bool))
    values = reading.values.dropna()
    assert all(rule.holds(values).isin([True, False]).all() for rule in kind.rules(field) if len(values))
    assert kind.show(values, field, AROUND).dtype == "str" and len(kind.write(values, values)) == len(values)
    assert kind.same(values, values.map(deepcopy)).all()


def _check(texts: list[str], field: Field, choices: ReadingChoices, blanks: Blanks) -> None:
    sheet = a_sheet({"Id": [an_id(number) for number in range(1, len(texts) + 1)], "Column": texts})
    matches = (
        Match(column="Id", role=Role.ITEM_ID),
        Match(column="Column", field_slug="f", choices=choices, blanks=blanks),
    )
    items = [an_item(number, {"f": None}) for number in range(1, 6)]
    mapping = ColumnMapping(matches=matches, key_column="Id")
    _are_of(sheet.frame.index, check(sheet, mapping, a_collection(field), items, AROUND).problems)


def _are_of(rows: pd.Index, problems: tuple[Problem, ...]) -> None:
    """Each problem stands in these rows, says what it found there, and no parser gave up."""
    for problem in problems:
        assert set(problem.rows) <= set(rows) and len(problem.values) in (0, len(problem.rows))
        assert isinstance(problem.fix, str) or len(problem.fix) == len(problem.rows)
        assert problem.kind != "Not understood"
