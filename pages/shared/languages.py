"""The visitor's language: what they chose, in this browser at some time, or else what their browser asks for.

The choice stands in a cookie of our own, since it has to outlive a refresh and a restart: it holds two letters and
names nobody. Streamlit reads cookies when a tab connects, so in an open tab the visit knows better.
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lib.words import language
from lib.words.language import Language, best_for, speak
from lib.words.say import say
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


def choice(page_title: str) -> None:
    """What there is to choose from on this page, and the choice kept in the browser."""
    here = of_visitor()
    st.selectbox(
        say("Language"),
        list(Language),
        index=list(Language).index(here),
        key="language",
        format_func=lambda one: one.own_name,
        label_visibility="collapsed",
        width=120,
        on_change=_choose,
        args=(page_title,),
    )
    script = _KEPT if visit.language() else _MARKED
    with st.container(key="language_kept"):
        st.html(script.format(cookie=COOKIE, language=here), unsafe_allow_javascript=True)


def _choose(page_title: str) -> None:
    """Everything is said anew in this language: what was found in a file, too, which is read and checked again."""
    state, chosen = visit.current(), st.session_state["language"]
    state.language = chosen
    speak(chosen)
    own_drafts.read_anew(state, page_title)


language.ask(of_visitor)
