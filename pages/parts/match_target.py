"""What one column feeds: the fields that its values fit, and those that they do not, with the reason."""

import streamlit as st

from lib.fields import kind_of
from lib.model.mapping import Role
from lib.workflow.matching import Matched
from pages.shared.plain import plain
from pages.shared.visit import Visit

LEAVE_OUT = ""


def draw(state: Visit, matched: Matched, number: int) -> None:
    """The choice; one that cannot be is taken back, and says why."""
    one = matched.mapping.matches[number]
    current = one.field_slug or (one.role.value if one.role else LEAVE_OUT)
    able = list(dict.fromkeys([LEAVE_OUT, *matched.offers[one.column], current]))
    unable = [field.slug for field in matched.collection.writable_fields if field.slug not in able]
    fed = {match.field_slug or match.role: match.column for match in matched.mapping.matches if match is not one}
    key = f"match-{number}"
    st.session_state[key] = current

    def choose() -> None:
        chosen = st.session_state[key]
        if chosen in unable:
            st.toast(plain(f"“{one.column}” {_refusal(matched, chosen)}."), icon=":material/block:")
        else:
            state.keep(state.journey.feed(one.column, chosen))

    def name(target: str) -> str:
        if target in unable:
            return f"× {short(matched, target)}: {_refusal(matched, target)}"
        return _name(matched, target) + (f" · now from “{fed[target]}”" if target in fed else "")

    st.selectbox(
        f"Where “{plain(one.column)}” goes",
        [*able, *unable],
        format_func=name,
        key=key,
        on_change=choose,
        label_visibility="collapsed",
    )


def short(matched: Matched, target: str) -> str:
    """The name of a field or role."""
    return target if target in set(Role) else matched.collection.field(target).display_name


def _name(matched: Matched, target: str) -> str:
    if target == LEAVE_OUT:
        return "Leave this column out"
    if target in set(Role):
        return f"{target} (not a field)"
    field = matched.collection.field(target)
    if field in matched.collection.alt_texts:
        return field.display_name
    required = ", required" if field.is_required else ""
    return f"{field.display_name} · {kind_of(field.type).title}{required} · {field.slug}"


def _refusal(matched: Matched, target: str) -> str:
    kind = kind_of(matched.collection.field(target).type).title
    return f"holds nothing that fits a field of type {kind}"
