"""What Flowsheet does, in one picture: a sheet, and what becomes of it."""

import streamlit as st

from lib.words.say import later, say

SHEET = later("""
| Slug | Price | On sale |
|---|---:|---|
| oat-mug | 24.50 | yes |
| ink-bowl | 18.00 | no |
| rose-vase | 39.00 | |
""")
CHANGES = later("""
| Item | Field | Now | After |
|---|---|---:|---:|
| Oat Mug | Price | 22.00 | :green[**24.50**] |
| Oat Mug | On sale | no | :green[**yes**] |
| Rose Vase | Price | 42.00 | :green[**39.00**] |
""")
NEVER = (
    later("Nothing is sent that you have not seen"),
    later("Nothing is created unasked, nothing is deleted"),
    later("Other fields and items stay as they are"),
    later("Every import can be undone"),
)


def draw() -> None:
    """Before and after, side by side where there is room, and what never happens."""
    with st.container(horizontal=True, vertical_alignment="top", gap="medium", key="picture"):
        with st.container(width="content", gap="small"):
            st.markdown(say("**Your spreadsheet**"))
            st.markdown(say(SHEET))
        with st.container(width="content", gap="small"):
            st.markdown(say("**:material/arrow_forward: What changes in Webflow**, once you say so"))
            st.markdown(say(CHANGES))
            st.caption(say("3 rows in the file = 2 will update + 1 already up to date"))
        st.markdown("  \n".join(f":material/check: {say(promise)}" for promise in NEVER), width="content")
