"""The router: page settings, the pages, and the frame around them."""

import streamlit as st

from pages.shared import frame, steps

st.set_page_config(page_title="Flowsheet", page_icon=":material/table_convert:", layout="wide")

page = st.navigation(
    [st.Page(one.path, title=one.title, url_path=one.title.lower()) for one in (*steps.STEPS, *steps.RECORDS)],
    position="hidden",
)
frame.header(page.title)
with frame.in_words():
    page.run()
