"""The router: page settings, the pages, and the frame around them."""

import logging

import streamlit as st

from lib.errors import FlowsheetError
from pages.shared import frame, steps

st.set_page_config(page_title="Flowsheet", page_icon=":material/table_convert:", layout="wide")

page = st.navigation(
    [st.Page(one.path, title=one.title, url_path=one.title.lower()) for one in (*steps.STEPS, *steps.RECORDS)],
    position="hidden",
)
frame.header(page.title)
try:
    page.run()
except FlowsheetError as error:
    frame.stopped(str(error))
except Exception:
    logging.getLogger("flowsheet").exception("A page failed")
    frame.fault()
