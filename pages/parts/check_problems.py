"""What is wrong with the values, as a list with filters; and what was found out about the file on the way."""

import pandas as pd
import streamlit as st

from lib.model.problem import Severity
from lib.model.said import said
from lib.reports.files import csv_bytes
from lib.reports.results import with_item_ids
from lib.words.say import count, later, say
from lib.workflow.checking import Checked
from pages.shared import folded, tables

SEPARATED = {
    ";": later("{column}: a semicolon separates the names. Change it under Options on the Match page."),
    ",": later("{column}: a comma separates the names. Change it under Options on the Match page."),
    "|": later("{column}: a vertical bar separates the names. Change it under Options on the Match page."),
    "\n": later("{column}: a line break separates the names. Change it under Options on the Match page."),
}


def draw(checked: Checked) -> None:
    """The problems, the separators that were found, and the file with the Item IDs that were found."""
    _problems(checked)
    for column, separator in checked.separators.items():
        st.text(say(SEPARATED[separator], column=column))
    if checked.tells_item_ids:
        _item_ids(checked)


def all_is_well(checked: Checked) -> None:
    """Good news, if there is no problem."""
    if (checked.problems["severity"] == Severity.FIXED).all():
        st.success(say("No problems. Every value fits the collection."), icon=":material/check_circle:")


def _problems(checked: Checked) -> None:
    table = checked.problems
    if not table.empty:
        label = say("All {lines} of what was found, as a list", lines=count(len(table), "line", "lines"))
        folded.part(label, lambda: _list(table), key="part_problems", icon=":material/list:")


def _list(table: pd.DataFrame) -> None:
    levels, kinds = st.columns(2)
    names = tables.SEVERITY_NAMES
    level = levels.pills(
        say("Level"), list(Severity), selection_mode="multi", format_func=lambda one: say(names[one]), key="level"
    )
    is_level = table["severity"].isin(level or list(Severity))
    chosen = table[is_level & tables.filtered(table, "kind", kinds, say("Problem"))]
    tables.problem_grid(chosen, key="problems")
    tables.download(
        say("Download this list"),
        lambda: csv_bytes(chosen.assign(kind=said(chosen["kind"]))),
        "problems.csv",
        key="download_problems",
    )


def _item_ids(checked: Checked) -> None:
    """The file with what was found, so that nobody has to look twice."""
    matched = checked.before
    tables.download(
        say("My file with Item IDs filled in"),
        lambda: csv_bytes(with_item_ids(matched.sheet, checked.values.item_ids)),
        f"with-item-ids-{matched.collection.slug}.csv",
        key="with_ids",
        help=say("The Item ID finds an item even after its name or address changed."),
    )
