"""The router: the pages, page settings, the gate, and the frame around them."""

from pathlib import Path

import streamlit as st

from lib import log
from lib.garbage import collect_rarely
from lib.words.language import speak
from pages.shared import bygone, focus, frame, gate, languages, leaving, own_drafts, resting, steps, waits

# A file of our own: for an emoji or an icon by name, every visitor's browser would ask Google's servers.
ICON = Path(__file__).parent / "pages" / "shared" / "icon.svg"

log.set_up()
speak(languages.of_visitor())
collect_rarely()
resting.watch()
page = st.navigation(
    [st.Page(one.path, title=one.title, url_path=one.title.lower()) for one in steps.PAGES], position="hidden"
)
way_in = gate.before(page.title)
title = gate.TITLE if way_in else page.title
st.set_page_config(page_title=f"{title} · Flowsheet", page_icon=ICON, layout="wide")
if way_in:
    way_in.draw()
    st.stop()
waits.go_back()
frame.header(page.title)
with frame.in_words():
    page.run()
    own_drafts.save(page.title)
focus.follow(page.title)
languages.mark()
leaving.warn_before()
bygone.forget()
