"""What a person decides about problems on the Check page, as edits of the sheet, each with the words for it."""

from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from lib.model.edits import Edit
from lib.model.settled import Settle, Settled
from lib.stages.found import Found
from lib.stages.mending.corrections import Corrections
from lib.stages.mending.groups import Group
from lib.stages.mending.offers import Offer
from lib.stages.mending.repeats import Keep, others_of, rest
from lib.stages.mending.replacing import Replacement
from lib.words.language import Language, spoken
from lib.words.say import count, later, say

ONE_KEPT = {
    Keep.FIRST: later("Rows about the same item: the first one is kept"),
    Keep.LAST: later("Rows about the same item: the last one is kept"),
    Keep.FULLEST: later("Rows about the same item: the fullest one is kept"),
}


def mended(group: Group, offer: Offer) -> Edit:
    """Use what a mend makes of the cells that it helps."""
    what = say("{column}: {what}", column=group.column, what=_within(offer.title))
    return Edit(what=what, texts={group.column: offer.texts})


def kept(group: Group) -> Edit:
    """Leave the cells of a group as they are in Webflow."""
    problem = _within(say(group.kind))
    what = say("{column}: cells stay as they are in Webflow ({problem})", column=group.column, problem=problem)
    return Edit(what=what, kept={group.column: frozenset(group.rows)})


def left_out(group: Group) -> Edit:
    """Leave the rows of a group out."""
    problem = _within(say(group.kind))
    if group.column:
        problem = say("{column}: {what}", column=group.column, what=problem)
    return Edit(what=say("Rows left out ({problem})", problem=problem), left_out=frozenset(group.rows))


def one_kept(found: Found, frame: pd.DataFrame, keep: Keep) -> Edit:
    """Of rows about the same item, keep one and leave the others out."""
    return Edit(what=say(ONE_KEPT[keep]), left_out=rest(found, frame, keep))


def chosen_kept(found: Found, kept: Collection[int]) -> Edit:
    """Of rows about the same item, keep the chosen one and leave the others out."""
    return Edit(what=say("Rows about the same item: the chosen one is kept"), left_out=others_of(found, kept))


def settled(group: Group, decisions: Iterable[Settled]) -> tuple[Edit, ...]:
    """Do the same with all cells of a group that say the same, text by text."""
    return tuple(edit for one in decisions if (edit := _settled(group, one)).size)


def decided_before(groups: Iterable[Group], before: Iterable[Settled]) -> tuple[tuple[Group, Settled], ...]:
    """What is wrong now and was settled in an earlier file: the same text in the same column."""
    by_column: dict[str, list[Settled]] = {}
    for one in before:
        by_column.setdefault(one.column, []).append(one)
    return tuple(
        (group, one) for group in groups for one in by_column.get(group.column, ()) if one.text in group.values.index
    )


def as_before(decided: Iterable[tuple[Group, Settled]]) -> tuple[Edit, ...]:
    """Settle all of it as it was settled then."""
    return tuple(_settled(group, one) for group, one in decided)


def _settled(group: Group, one: Settled) -> Edit:
    rows = frozenset(group.rows[group.texts == one.text])
    if one.settle is Settle.KEEP:
        what = say("{column}: “{text}” stays as it is in Webflow", column=group.column, text=one.text)
        return Edit(what=what, kept={group.column: rows}, settled=one)
    if one.settle is Settle.LEAVE_OUT:
        what = say("{column}: rows with “{text}” left out", column=group.column, text=one.text)
        return Edit(what=what, left_out=rows, settled=one)
    what = say("{column}: “{text}” → “{instead}”", column=group.column, text=one.text, instead=one.instead)
    texts = {group.column: dict.fromkeys(sorted(rows), one.instead)}
    return Edit(what=what, texts=texts, settled=one)


def typed(cells: Mapping[str, Mapping[int, str]]) -> tuple[Edit, ...]:
    """New texts that were typed into cells, by column and row."""
    return tuple(
        Edit(what=say("{column}, row {row}: “{text}”", column=column, row=row, text=text), texts={column: {row: text}})
        for column, texts in cells.items()
        for row, text in texts.items()
    )


def replaced(texts: Mapping[str, Mapping[int, str]], replacement: Replacement) -> Edit:
    """Put one text in place of another."""
    told = {"column": ", ".join(texts), "text": replacement.find, "instead": replacement.instead}
    return Edit(what=say("{column}: “{text}” → “{instead}”", **told), texts=texts)


def corrected(file_name: str, found: Corrections) -> Edit:
    """Take over what was corrected in a spreadsheet."""
    cells, rows = count(found.cells, "cell", "cells"), count(found.rows, "row", "rows")
    what = say("Corrections from {file}: {cells} in {rows}", file=file_name, cells=cells, rows=rows)
    return Edit(what=what, texts=found.texts)


def _within(words: str) -> str:
    """As they stand within a sentence: in English they begin small, in German they may begin with a noun."""
    return words[:1].lower() + words[1:] if spoken() is Language.ENGLISH else words
