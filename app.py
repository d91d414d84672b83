"""The router: page settings, the pages, and the frame around them."""

import logging

import streamlit as st

from lib.errors import FlowsheetError
from pages.shared import frame, steps

st.set_page_config(page_title="Flowsheet", page_icon=":material/table_convert:", layout="wide")

page = st.navigation(
    [st.Page(step.path, title=step.title, url_path=step.title.lower()) for step in steps.STEPS], position="hidden"
)
frame.header(page.title)
try:
    page.run()
except FlowsheetError as error:
    frame.stopped(str(error))
except Exception:
    logging.getLogger("flowsheet").exception("A page failed")
    frame.fault()
