"""Images and files that Webflow refused, while the rest of their rows was stored."""

import streamlit as st

from lib.reports.run_report import RunReport
from lib.words.say import later, say, say_many
from pages.shared import tables

WAY_ON = later(
    "The items keep the images and files they had. Mend the addresses in “Rows to fix” below and import that file: "
    "only these are sent then."
)


def sentence(report: RunReport) -> str:
    """What somebody has to look at, in one sentence; "" for nothing."""
    number = len(report.refused)
    if not number:
        return ""
    return say_many(
        number,
        "{number:,} image or file was refused; see below.",
        "{number:,} images and files were refused; see below.",
    )


def draw(report: RunReport) -> None:
    """Each with its address and the reason."""
    if report.refused.empty:
        return
    st.header(say("Refused images and files ({number:,})", number=len(report.refused)))
    st.markdown(say(WAY_ON))
    names = {"row": say("Row"), "item": say("Item"), "field": say("Field")}
    names |= {"sent": say("What was sent"), "why": say("Why")}
    tables.grid(report.refused.rename(columns=names), alt=say("Images and files that Webflow refused"), key="refused")
