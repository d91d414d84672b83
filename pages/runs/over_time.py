"""How a run went: a line of the items that Webflow took over time, with the waits marked."""

import streamlit as st

from lib.reports.over_time import items_over_time, waits
from lib.reports.run_report import RunReport
from lib.words.say import say
from pages.shared import folded

FEWEST = 3  # requests: of fewer there is no story to tell
WAIT_COLOUR, LINE_COLOUR = "#d98e2b", "#15803d"


def draw(report: RunReport) -> None:
    """Behind a fold."""
    if len(report.attempts) >= FEWEST:
        folded.part(
            say("How it went over time"), lambda: _chart(report), key="part_over_time", icon=":material/timeline:"
        )


def _chart(report: RunReport) -> None:
    taken, waited = items_over_time(report.attempts), waits(report.attempts)
    x = {"type": "quantitative", "title": say("Seconds since the first request")}
    line = {
        "data": {"values": taken.to_dict("records")},
        "mark": {"type": "line", "interpolate": "step-after", "color": LINE_COLOUR},
        "encoding": {
            "x": x | {"field": "seconds"},
            "y": {"field": "items", "type": "quantitative", "title": say("Items taken")},
        },
    }
    pauses = {
        "data": {"values": waited.to_dict("records")},
        "mark": {"type": "rect", "color": WAIT_COLOUR, "opacity": 0.2},
        "encoding": {"x": x | {"field": "from"}, "x2": {"field": "to"}},
    }
    told = say("Items that Webflow took, over the seconds of the run")
    st.vega_lite_chart({"description": told, "height": 260, "layer": [pauses, line]}, key="over_time", width="stretch")
    seconds = float(waited["to"].sub(waited["from"]).sum())
    parts = [f"{told}."]
    if len(waited):
        parts.append(say("Shaded: waits before requests, {seconds:,.0f} s in all.", seconds=seconds))
    st.caption(" ".join([*parts, say("The requests themselves stand under “For developers”.")]))
