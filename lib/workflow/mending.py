"""What a person decides about problems on the Check page, as edits of the sheet, each with the words for it."""

from collections.abc import Iterable, Mapping

import pandas as pd

from lib.model.edits import Edit
from lib.model.settled import Settle, Settled
from lib.stages.found import Found
from lib.stages.mending.corrections import Corrections
from lib.stages.mending.groups import Group
from lib.stages.mending.offers import Offer
from lib.stages.mending.repeats import Keep, rest
from lib.stages.mending.replacing import Replacement


def mended(group: Group, offer: Offer) -> Edit:
    """Use what a mend makes of the cells that it helps."""
    return Edit(what=f"{group.column}: {_small(offer.title)}", texts={group.column: offer.texts})


def kept(group: Group) -> Edit:
    """Leave the cells of a group as they are in Webflow."""
    what = f"{group.column}: cells stay as they are in Webflow ({_small(group.kind)})"
    return Edit(what=what, kept={group.column: frozenset(group.rows)})


def left_out(group: Group) -> Edit:
    """Leave the rows of a group out."""
    what = f"{group.column}: {_small(group.kind)}".removeprefix(": ")
    return Edit(what=f"Rows left out ({what})", left_out=frozenset(group.rows))


def one_kept(found: Found, frame: pd.DataFrame, keep: Keep) -> Edit:
    """Of rows about the same item, keep one and leave the others out."""
    return Edit(what=f"Rows about the same item: the {keep} one is kept", left_out=rest(found, frame, keep))


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
        what = f"{group.column}: “{one.text}” stays as it is in Webflow"
        return Edit(what=what, kept={group.column: rows}, settled=one)
    if one.settle is Settle.LEAVE_OUT:
        return Edit(what=f"{group.column}: rows with “{one.text}” left out", left_out=rows, settled=one)
    what = f"{group.column}: “{one.text}” → “{one.instead}”"
    texts = {group.column: dict.fromkeys(sorted(rows), one.instead)}
    return Edit(what=what, texts=texts, settled=one)


def typed(cells: Mapping[str, Mapping[int, str]]) -> tuple[Edit, ...]:
    """New texts that were typed into cells, by column and row."""
    return tuple(
        Edit(what=f"{column}, row {row}: “{text}”", texts={column: {row: text}})
        for column, texts in cells.items()
        for row, text in texts.items()
    )


def replaced(texts: Mapping[str, Mapping[int, str]], replacement: Replacement) -> Edit:
    """Put one text in place of another."""
    return Edit(what=f"{', '.join(texts)}: “{replacement.find}” → “{replacement.instead}”", texts=texts)


def corrected(file_name: str, found: Corrections) -> Edit:
    """Take over what was corrected in a spreadsheet."""
    cells = f"{found.cells:,} {'cell' if found.cells == 1 else 'cells'}"
    rows = f"{found.rows:,} {'row' if found.rows == 1 else 'rows'}"
    return Edit(what=f"Corrections from {file_name}: {cells} in {rows}", texts=found.texts)


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
