"""What one column feeds: the fields that its values fit, and those that they do not, with the reason."""

import streamlit as st

from lib.fields import kind_of
from lib.model.mapping import Role
from lib.words.say import later, say
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
            told = say(
                "“{column}” holds nothing that fits a field of type {kind}.",
                column=one.column,
                kind=_kind(matched, chosen),
            )
            st.toast(plain(told), icon=":material/block:")
        else:
            state.keep(state.journey.feed(one.column, chosen))

    def name(target: str) -> str:
        if target in unable:
            return _refused(matched, target)
        words = _name(matched, target)
        return say("{name} · now from “{column}”", name=words, column=fed[target]) if target in fed else words

    st.selectbox(
        say("Where “{column}” goes", column=plain(one.column)),
        [*able, *unable],
        format_func=name,
        key=key,
        on_change=choose,
        label_visibility="collapsed",
    )


def short(matched: Matched, target: str) -> str:
    """The name of a field or role."""
    return say(target) if target in set(Role) else matched.collection.field(target).display_name


def _name(matched: Matched, target: str) -> str:
    if target == LEAVE_OUT:
        return say("Leave this column out")
    if target in set(Role):
        return say("{column} (not a field)", column=say(target))
    field = matched.collection.field(target)
    if field in matched.collection.alt_texts:
        return field.display_name
    kind = _kind(matched, target)
    if field.is_required:
        return say("{name} · {kind}, required · {slug}", name=field.display_name, kind=kind, slug=field.slug)
    return f"{field.display_name} · {kind} · {field.slug}"


def _refused(matched: Matched, target: str) -> str:
    told = later("× {name}: holds nothing that fits a field of type {kind}")
    return say(told, name=short(matched, target), kind=_kind(matched, target))


def _kind(matched: Matched, target: str) -> str:
    """The type of a field, in words."""
    return say(kind_of(matched.collection.field(target).type).title)
