"""The focus goes along to another page: without this the browser drops it, and the keyboard starts from the top."""

import streamlit as st

# Left alone where somebody is typing already, and on the first page of a visit, which is read from its beginning.
_TO_HEADING = """<script>{{
const before = window.flowsheetPage, heading = document.querySelector("h1");
window.flowsheetPage = "{page}";
if (heading && before && before !== "{page}" && !document.activeElement.matches("input, textarea")) {{
    heading.tabIndex = -1;
    heading.focus();
}}
}}</script>"""


def follow(page_title: str) -> None:
    """Put the focus on the heading of a page that was just opened, once it is drawn."""
    with st.container(key="focus"):
        st.html(_TO_HEADING.format(page=page_title), unsafe_allow_javascript=True)
