"""Finding a text in cells and putting another in its place."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from lib.stages.read.limits import check_growth


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """`find` is a text as it is, never a pattern; `whole_cells`: only where a cell says nothing else."""

    find: str
    instead: str
    whole_cells: bool = False
    same_case: bool = False


def replaced(frame: pd.DataFrame, columns: Iterable[str], replacement: Replacement) -> Mapping[str, Mapping[int, str]]:
    """The new texts of cells that change, by column and row; none where nothing is to be found.

    Raises `FlowsheetError` before it makes more text than a file may hold.
    """
    if not replacement.find:
        return {}
    flags = 0 if replacement.same_case else re.IGNORECASE
    text = re.escape(replacement.find)
    pattern = re.compile(rf"\A\s*{text}\s*\Z" if replacement.whole_cells else text, flags)
    found, growth = {}, 0
    for column in columns:
        texts = frame[column]
        hits = texts[texts.str.contains(pattern)]
        growth += sum(len(pattern.findall(cell)) for cell in hits) * len(replacement.instead)
        check_growth(growth)
        new = hits.map(lambda cell: pattern.sub(lambda _: replacement.instead, cell)).astype("str")
        new = new[new != hits]
        if len(new):
            found[column] = dict(zip(new.index.tolist(), new.tolist(), strict=True))
    return found
