"""The visitor's language: what they chose, in this browser at some time, or else what their browser asks for.

The choice stands in a cookie of our own, since it has to outlive a refresh and a restart: it holds two letters and
names nobody. Streamlit reads cookies when a tab connects, so in an open tab the visit knows better.
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lib.words import language
from lib.words.language import Language, best_for, speak
from pages.shared import own_drafts, visit

COOKIE = "flowsheet_language"
_KEPT = """<script>
document.documentElement.lang = "{language}";
document.cookie = "{cookie}={language}; Path=/; Max-Age=31536000; SameSite=Lax";
</script>"""
_MARKED = '<script>document.documentElement.lang = "{language}";</script>'


def of_visitor() -> Language:
    """The language of the visitor whose page is drawn; English where none is."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return Language.ENGLISH
    return visit.language() or best_for(st.context.cookies.get(COOKIE) or st.context.locale)


def others(page_title: str) -> None:
    """The way to each other language, by the name that it has for itself."""
    for one in Language:
        if one is not of_visitor():
            st.button(
                one.own_name,
                key=f"language-{one}",
                type="tertiary",
                icon=":material/translate:",
                on_click=_choose,
                args=(one, page_title),
            )


def mark() -> None:
    """Tell the browser which language the page is in, and have it keep what was chosen."""
    script = _KEPT if visit.language() else _MARKED
    with st.container(key="language_marked"):
        st.html(script.format(cookie=COOKIE, language=of_visitor()), unsafe_allow_javascript=True)


def _choose(chosen: Language, page_title: str) -> None:
    """Everything is said anew in this language: what was found in a file, too, which is read and checked again."""
    state = visit.current()
    state.language = chosen
    state.report = state.undo = state.publish = state.seen = None  # told in the other one
    speak(chosen)
    own_drafts.read_anew(state, page_title)


language.ask(of_visitor)
