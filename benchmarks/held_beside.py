"""Flowsheet held beside the peers: every cell that it takes otherwise, with the rule that says why; none unexplained.

Both get the same file; the live items hold nothing but their names, so that every value is planned.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from benchmarks.ours import Walk
from benchmarks.rules import SLUGS, Errors, Item
from lib.model.problem import Severity
from lib.workflow.checking import Checked
from lib.workflow.planning import Planned

# What Flowsheet takes although the peers' rules do not, by column and text. Whatever else differs is unexplained.
TAKEN = {
    ("Name", ""): "an empty cell leaves the item as it is",
    ("Author", ""): "an empty cell leaves the item as it is",
    ("Published at", "31.12.2023"): "a day with points is read, as people write it",
    ("Website", "www.example.com"): "the name of a website becomes its address",
    ("Accent", "teal"): "colours have names too",
    ("Phone", "call me"): "Webflow takes any text as a telephone number",
    ("Phone", "12"): "Webflow takes any text as a telephone number",
}


@dataclass(frozen=True)
class Difference:
    """Cells that are taken otherwise for one reason; "" where nobody knows why."""

    column: str
    reason: str
    cells: int


def differences(walk: Walk, rows: list[list[str]], items: list[Item], errors: Errors) -> list[Difference]:
    """What differs between the walk of a sheet of these rows and what the peers made of it."""
    ours = _errors(walk)
    found: Counter[tuple[str, str]] = Counter()
    columns = list(SLUGS)
    for row, column in ours ^ set(errors):
        text = rows[row - 2][columns.index(column)].strip()
        found[column, "" if (row, column) in ours else TAKEN.get((column, text), "")] += 1
    planned = {change.item_id: change.after for change in walk.journey.at(Planned).plan.changes}
    good = {row for row, _ in ours}
    numbers = {cells[0].strip(): number for number, cells in enumerate(rows, 2)}
    for item in items:
        if numbers[item["id"]] in good:
            continue
        after = planned.get(item["id"], {})
        for slug in {*after, *item["fieldData"]}:
            one, other = after.get(slug), item["fieldData"].get(slug)
            if not _same(one, other):
                found[slug, _reason(one, other)] += 1
    return [Difference(column, reason, cells) for (column, reason), cells in found.most_common()]


def _errors(walk: Walk) -> set[tuple[int, str]]:
    problems = walk.journey.at(Checked).values.problems
    return {(row, one.column) for one in problems if one.severity is Severity.ERROR for row in one.rows}


def _same(ours: Any, theirs: Any) -> bool:
    return ours == theirs or (isinstance(theirs, float) and ours == int(theirs))


def _reason(ours: Any, theirs: Any) -> str:
    if ours is None and theirs is False:
        return "an empty switch is off already"
    is_text = isinstance(ours, str) and isinstance(theirs, str)
    return "blanks around a text are part of it" if is_text and ours.strip() == theirs else ""
