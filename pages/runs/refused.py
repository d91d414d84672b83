"""Images and files that Webflow refused, while the rest of their rows was stored."""

import streamlit as st

from lib.reports.run_report import RunReport
from lib.words.say import count
from pages.shared import tables

WAY_ON = (
    "The items keep the images and files they had. Mend the addresses in “Rows to fix” below and import that file: "
    "only these are sent then."
)


def sentence(report: RunReport) -> str:
    """What somebody has to look at, in one sentence; "" for nothing."""
    number = len(report.refused)
    if not number:
        return ""
    return (
        f"{count(number, 'image or file', 'images and files')} {'was' if number == 1 else 'were'} refused; see below."
    )


def draw(report: RunReport) -> None:
    """Each with its address and the reason."""
    if report.refused.empty:
        return
    st.header(f"Refused images and files ({len(report.refused):,})")
    st.markdown(WAY_ON)
    names = {"row": "Row", "item": "Item", "field": "Field", "sent": "What was sent", "why": "Why"}
    tables.grid(report.refused.rename(columns=names), alt="Images and files that Webflow refused", key="refused")
