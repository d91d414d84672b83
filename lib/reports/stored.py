"""Cells that Webflow stored differently from what was sent, as a table for people."""

from collections.abc import Sequence

import pandas as pd

from lib.fields import kind_of
from lib.fields.base import EMPTY
from lib.fields.file import alt_texts
from lib.model.collection import Field
from lib.model.run import Difference
from lib.model.run_spec import RunSpec
from lib.reports.held import shown
from lib.words.say import say


def stored_table(spec: RunSpec, differences: Sequence[Difference]) -> pd.DataFrame:
    """One line for each cell: row, item, field (display name), sent, stored."""
    fields = {field.slug: field for field in spec.collection.fields}
    before = {change.row: change.before for change in spec.plan.changes}
    lines = [
        (
            cell.row,
            cell.item,
            fields[cell.field].display_name,
            _sent(fields[cell.field], cell) or say(EMPTY),
            _stored(fields[cell.field], cell, before[cell.row].get(cell.field)),
        )
        for cell in differences
    ]
    return pd.DataFrame(lines, columns=["row", "item", "field", "sent", "stored"])


def _sent(field: Field, cell: Difference) -> str:
    return alt_texts(cell.meant) if _differs_in_alt_texts(field, cell) else shown(field, cell.meant)


def _differs_in_alt_texts(field: Field, cell: Difference) -> bool:
    """Whether the files are there, and nothing but what is said about them differs."""
    is_there = shown(field, cell.meant) == shown(field, cell.stored)
    return kind_of(field.type).is_file and is_there and alt_texts(cell.meant) != alt_texts(cell.stored)


def _stored(field: Field, cell: Difference, before: object) -> str:
    """What the item holds; a file that is missing, or still the one from before, was left out by Webflow."""
    if _differs_in_alt_texts(field, cell):
        return alt_texts(cell.stored)
    text = shown(field, cell.stored)
    is_dropped = kind_of(field.type).is_file and text in ("", shown(field, before))
    told = text or say(EMPTY)
    return say("Webflow left the new one out: {stored}", stored=told) if is_dropped else told
