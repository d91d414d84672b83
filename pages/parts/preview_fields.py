"""The plan field by field: a bar for each, which filters the changes by a click, and the same as a table."""

import pandas as pd
import streamlit as st

from lib.model.effect import Effect
from lib.words.say import count, later, say
from lib.workflow.planning import STAYS, Planned
from pages.parts import preview_look
from pages.shared import folded, tables

MOST_BARS = 10  # more of them push the changes off the screen
COLOURS = {"Changed": "#4c78c8", "New": "#2e9e6b", "Erased": "#d1493f", "Stays": "rgba(128, 138, 132, 0.35)"}
NAMES = {
    Effect.CHANGED.value: later("Changed"),
    Effect.NEW.value: later("New"),
    Effect.ERASED.value: later("Erased"),
    STAYS: later("Stays"),
}


def draw(planned: Planned) -> None:
    """Nothing where there is but one field, which the sentence above tells already."""
    table = planned.by_field.rename(columns=NAMES)
    if len(table) > 1:
        label = say("What changes in {fields}", fields=count(len(table), "field", "fields"))
        icon, is_open = ":material/bar_chart:", len(table) <= MOST_BARS
        folded.part(label, lambda: _fields(table), key="by_field", icon=icon, is_open=is_open)


def _fields(table: pd.DataFrame) -> None:
    place = st.empty()
    if st.checkbox(say("As a table"), key="fields_as_table"):
        shown = table.set_axis([say(name) for name in table.columns], axis=1)
        with place:
            alt = say("In how many items each field changes")
            tables.grid(shown.rename_axis(say("Field")).reset_index(), alt=alt, key="field_counts")
        return
    with place.container(gap="xsmall"):
        _chart(table)
        more = len(table) - MOST_BARS
        told = [say("Items, field by field. Click a bar to see its changes.")]
        if more > 0:
            told.append(say("{fields} in the table.", fields=count(more, "more field", "more fields")))
        st.caption(" ".join(told))


def _chart(table: pd.DataFrame) -> None:
    chosen = preview_look.fields()
    # Another key for another choice: whatever is clicked next is a new choice, and not the end of the one before.
    key = "-".join(["bars", *(str(place) for place, name in enumerate(table.index) if name in chosen)])

    def choose() -> None:
        names = [str(one["Field"]) for one in st.session_state[key]["selection"].get("bar", [])]
        preview_look.at_fields([] if set(names) == set(chosen) else names)

    bars = _bars(table.head(MOST_BARS), chosen)
    st.vega_lite_chart(bars, key=key, on_select=choose, selection_mode="bar", width="stretch")


def _bars(table: pd.DataFrame, chosen: list[str]) -> dict[str, object]:
    """A bar for each field, in parts. Names of fields are data, never a part of the drawing's own language."""
    parts = table.rename_axis("Field").reset_index().melt("Field", var_name="What", value_name="Items")
    parts = parts[parts["Items"] > 0].assign(Order=lambda one: one["What"].map(list(COLOURS).index))
    present = [name for name in COLOURS if name in set(parts["What"])]
    parts["What"] = parts["What"].map({name: say(name) for name in present})
    colours = {"domain": [say(name) for name in present], "range": [COLOURS[name] for name in present]}
    is_looked_at = {"test": {"field": "Field", "oneOf": chosen or list(table.index)}, "value": 1}
    return {
        "description": say("For each field, in how many items it changes, is new, is erased, or stays as it is"),
        "data": {"values": parts.to_dict("records")},
        "height": {"step": 24},
        "padding": 0,
        "params": [{"name": "bar", "select": {"type": "point", "fields": ["Field"]}}],
        "mark": {"type": "bar", "cursor": "pointer"},
        "encoding": {
            "y": {"field": "Field", "type": "nominal", "sort": list(table.index), "title": None},
            "x": {"field": "Items", "type": "quantitative", "title": None, "scale": {"nice": False}}
            | {"axis": {"tickMinStep": 1, "tickCount": 6}},
            "color": {"field": "What", "type": "nominal", "title": None, "scale": colours, "legend": {"orient": "top"}},
            "order": {"field": "Order", "type": "quantitative"},
            "opacity": {"condition": is_looked_at, "value": 0.3},
            "tooltip": [
                {"field": "What", "type": "nominal", "title": say("What")},
                {"field": "Items", "type": "quantitative", "title": say("Items")},
            ],
        },
    }
