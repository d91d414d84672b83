"""What people ask: all answers unfolded, so that the browser's own search finds every word of them."""

import streamlit as st

from lib.words.say import say
from pages.about.answers import questions

st.title(say("Help"))
asked = questions()
listed, answered = st.columns([1, 2], gap="large")
listed.markdown("\n".join(f"- [{say(one.title)}](#{one.anchor})" for one in asked))
with answered:
    for one in asked:
        st.header(say(one.title), anchor=one.anchor)
        st.markdown(one.answer)
