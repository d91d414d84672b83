"""Cells that Webflow stored differently from what was sent."""

import streamlit as st

from lib.reports.run_report import RunReport
from pages.shared import tables


def draw(report: RunReport) -> None:
    """Cells that hold something else than what was sent."""
    if not report.differences:
        return
    st.subheader(f"Stored differently ({len(report.differences):,})")
    st.markdown(
        "Webflow tidies rich text and may leave out images it cannot fetch; somebody may also have edited since."
    )
    sent = "In your file" if report.spec.sheet else "Sent"
    names = {"row": "Row", "item": "Item", "field": "Field", "sent": sent, "stored": "Stored"}
    tables.grid(report.stored.rename(columns=names), alt="Cells that were stored differently", key="differences")
