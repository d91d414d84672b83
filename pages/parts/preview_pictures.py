"""Images as they are now and would be: the visitor's browser asks for them where they are, once somebody wants to see.

Nothing else of an import makes a browser talk to anybody but the app (see SECURITY.md).
"""

from collections.abc import Sequence

import streamlit as st

from lib.words.say import say
from lib.workflow.item_cards import ChangedField
from pages.shared import marked
from pages.shared.plain import plain

MOST = 12  # of a field, on each side
STYLE = "height:7rem;max-width:100%;object-fit:contain;margin:0 .5rem .5rem 0;border-radius:.3rem"


def draw(fields: Sequence[ChangedField], *, is_new: bool) -> None:
    """The pictures of these fields, now and after; a new item has none now."""
    st.caption(say("Your browser fetches them from where they are."))
    for one in fields:
        for told, addresses in zip(_sides(one.name), one.pictures, strict=True):
            if addresses or not is_new:
                st.caption(told)
                st.html("".join(map(_picture, addresses[:MOST])) or marked.plain(say("(none)")))


def _sides(name: str) -> tuple[str, str]:
    return say("{field}, now", field=plain(name)), say("{field}, after", field=plain(name))


def _picture(address: str) -> str:
    """An image that is sent nothing of where it is shown; what does not load shows its address."""
    there = marked.plain(address)
    return f'<img src="{there}" alt="{there}" style="{STYLE}" referrerpolicy="no-referrer">'
