"""Cells that Webflow stored differently from what was sent."""

from typing import Any

import pandas as pd
import streamlit as st

from lib.fields import kind_of
from lib.fields.file import alt_texts
from lib.model.collection import Field
from lib.reports.held import shown
from lib.reports.run_report import RunReport
from lib.stages.diff import EMPTY
from pages.shared import tables

DROPPED = "Webflow left the new one out"


def draw(report: RunReport) -> None:
    """Cells that hold something else than what was sent."""
    if not report.differences:
        return
    st.subheader(f"Stored differently ({len(report.differences):,})")
    st.markdown(
        "Webflow tidies rich text and may leave out images it cannot fetch; somebody may also have edited since."
    )
    fields = {field.slug: field for field in report.spec.collection.fields}
    before = {change.row: change.before for change in report.spec.plan.changes}
    table = pd.DataFrame(
        {
            "Row": [cell["row"] for cell in report.differences],
            "Item": [cell["item"] for cell in report.differences],
            "Field": [fields[cell["field"]].display_name for cell in report.differences],
            "In your file" if report.spec.sheet else "Sent": [
                _sent(fields[cell["field"]], cell) or EMPTY for cell in report.differences
            ],
            "Stored": [
                _stored(fields[cell["field"]], cell, before[cell["row"]].get(cell["field"]))
                for cell in report.differences
            ],
        }
    )
    tables.grid(table, alt="Cells that were stored differently", key="differences")


def _sent(field: Field, cell: dict[str, Any]) -> str:
    text = shown(field, cell["meant"])
    return alt_texts(cell["meant"]) if _differs_in_alt_texts(field, cell) else text


def _differs_in_alt_texts(field: Field, cell: dict[str, Any]) -> bool:
    """Whether the files are there, and nothing but what is said about them differs."""
    is_there = shown(field, cell["meant"]) == shown(field, cell["stored"])
    return kind_of(field.type).is_file and is_there and alt_texts(cell["meant"]) != alt_texts(cell["stored"])


def _stored(field: Field, cell: dict[str, Any], before: object) -> str:
    """What the item holds; a file that is missing, or still the one from before, was left out by Webflow."""
    if _differs_in_alt_texts(field, cell):
        return alt_texts(cell["stored"])
    text = shown(field, cell["stored"])
    is_dropped = kind_of(field.type).is_file and text in ("", shown(field, before))
    return f"{DROPPED}: {text or EMPTY}" if is_dropped else text or EMPTY
