"""Tables that several pages draw. Values from files and from Webflow appear in data grids, never as Markdown."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.fields import kind_of
from lib.model.collection import Collection
from lib.model.problem import Severity
from lib.model.sheet import Sheet
from lib.words.language import speaking, spoken
from lib.words.say import figure, later, say

LAZY_FROM_ROWS = 2_000
SEVERITY_NAMES = {
    Severity.ERROR: later("Error"),
    Severity.WARNING: later("Warning"),
    Severity.FIXED: later("Changed for you"),
}

_NUMBERS = (later("Row"), later("Batch"))
_OF_EDITORS = {
    later("Row"): st.column_config.NumberColumn(width=70, format="%d", pinned=True),
    later("Why"): st.column_config.TextColumn(width=420),
    later("Update"): st.column_config.CheckboxColumn(width=70),
    later("Item"): st.column_config.TextColumn(width=130),
}
_COUNTS = (later("Items"), later("Updated"), later("Created"), later("Failed"), later("Held back"))
_OF_RUNS = {name: st.column_config.NumberColumn(width=80, format="localized") for name in _COUNTS}
_OF_RUNS |= {later("State"): st.column_config.TextColumn(width=165)}
_ALL = {"kind": later("All problems"), "field": later("All fields")}


def grid(table: pd.DataFrame, *, alt: str, key: str | None = None, **options: Any) -> None:
    """A read-only data grid, whose columns have their names said; a long one is fetched as it is scrolled.
    Numbers of rows or batches become its index: the only column that stays narrow and in sight on a small screen.
    """
    lazy = True if len(table) > LAZY_FROM_ROWS else None
    is_numbered = table.columns[0] in map(say, _NUMBERS)
    shown = table.set_index(table.columns[0]) if is_numbered else table
    st.dataframe(shown, hide_index=not is_numbered, lazy=lazy, alt=alt, key=key, placeholder="", **options)


def runs(table: pd.DataFrame, *, key: str) -> None:
    """Runs with their figures, in columns whose names are said here."""
    said = table.rename(columns=say)
    st.dataframe(said, hide_index=True, alt=say("Your runs"), key=key, column_config=_said(_OF_RUNS))


def editor(
    table: pd.DataFrame, fixed: list[str], *, alt: str, key: str, columns: dict[str, Any] | None = None, **options: Any
) -> pd.DataFrame:
    """A grid in which all columns but the `fixed` ones can be changed; the table as it was changed. Their names are
    said already."""
    config = _said(_OF_EDITORS) | (columns or {})
    edited: pd.DataFrame = st.data_editor(
        table, hide_index=True, disabled=fixed, alt=alt, key=key, column_config=config, **options
    )
    return edited


def _said(columns: dict[str, Any]) -> dict[str, Any]:
    """The settings of columns by the names that these have on the screen."""
    return {say(name): column for name, column in columns.items()}


def filtered(table: pd.DataFrame, column: str, box: DeltaGenerator, label: str) -> pd.Series:
    """Which lines hold one of the names that are chosen in this box; all of them while none is."""
    chosen = choice(table[column], box, label, key=column, told=say)
    return table[column].isin(chosen) if chosen else pd.Series(True, index=table.index)


def choice(
    values: pd.Series, box: DeltaGenerator, label: str, *, key: str, told: Callable[[str], str] = str
) -> list[str]:
    """What is chosen of the values of a column, each as it is `told`, with how often it is there; nothing stands for
    all."""
    present = values.value_counts()
    return box.multiselect(
        label,
        list(present.index),
        format_func=lambda value: f"{told(value)} ({figure(int(present[value]))})",
        key=key,
        placeholder=say(_ALL[key]),
    )


def download(label: str, make: Callable[[], bytes], name: str, *, key: str, **options: Any) -> None:
    """A button that makes a file when it is pressed, in the language of its page, and leaves the page as it is."""
    language = spoken()  # Streamlit makes it in a thread that belongs to no visitor

    def made() -> bytes:
        with speaking(language):
            return make()

    icon = ":material/download:"
    st.download_button(label, made, file_name=name, key=key, icon=icon, on_click="ignore", **options)


def first_rows(sheet: Sheet, limit: int) -> None:
    """The first rows as they were read, with the spreadsheet's row numbers."""
    table = sheet.frame.head(limit)
    alt = say("The first {number} rows of the file as read", number=len(table))
    st.dataframe(table.set_axis(table.index.rename(say("Row"))), alt=alt)


def expected_fields(collection: Collection) -> None:
    """All fields of a collection: name, type, whether required, and which are only for reading."""
    fields = collection.fields
    table = pd.DataFrame(
        {
            say("Field"): [f.display_name for f in fields],
            say("Type"): [say(kind_of(f.type).title) if f.is_writable else say("Read-only") for f in fields],
            say("Required"): [say("Required") if f.is_required else "" for f in fields],
        }
    )
    grid(table, alt=say("Fields of the collection"), height=min(38 * (len(fields) + 1), 320))


def problem_grid(table: pd.DataFrame, *, key: str) -> None:
    """Lines of the problem table, in the words of the page."""
    names = {"row": say("Row"), "column": say("Column"), "kind": say("Problem"), "value": say("Found")}
    names |= {"fix": say("How to fix it"), "expected": say("Expected"), "severity": say("Level")}
    severities = {severity: say(name) for severity, name in SEVERITY_NAMES.items()}
    shown = table.assign(
        severity=table["severity"].map(severities),
        kind=table["kind"].map({kind: say(kind) for kind in set(table["kind"])}),
    )
    if table["row"].isna().any():  # a problem of a whole column or file
        shown["row"] = table["row"].astype("str").mask(table["row"].isna(), say("all"))
    grid(shown[list(names)].rename(columns=names), alt=say("Problems, one line per cell"), key=key)
