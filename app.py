"""The router: the pages, page settings, the gate, and the frame around them."""

from pathlib import Path

import streamlit as st

from lib import log
from lib.garbage import collect_rarely
from lib.words.language import speak
from lib.words.say import say
from pages.shared import bygone, focus, frame, gate, languages, leaving, own_drafts, resting, steps, waits

# A file of our own: for an emoji or an icon by name, every visitor's browser would ask Google's servers.
ICON = Path(__file__).parent / "pages" / "shared" / "icon.svg"

log.set_up()
speak(languages.of_visitor())
collect_rarely()
resting.watch()
pages = {st.Page(one.path, title=say(one.title), url_path=one.title.lower()): one for one in steps.PAGES}
page = st.navigation(list(pages), position="hidden")
step = pages[page]
way_in = gate.before(step.title)
title = gate.TITLE if way_in else step.title
st.set_page_config(page_title=f"{say(title)} · Flowsheet", page_icon=ICON, layout="wide")
if way_in:
    way_in.draw()
    languages.mark()
    st.stop()
waits.go_back()
frame.header(step.title)
with frame.in_words():
    page.run()
    own_drafts.save(step.title)
focus.follow(step.title)
languages.mark()
leaving.warn_before()
bygone.forget()
