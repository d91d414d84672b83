"""Signing out: what this tab holds is forgotten, tokens first, and the provider's own way out follows."""

import streamlit as st

from pages.shared import signed_in, visit


def now() -> None:
    """Sign out of this app, in all tabs of this browser. Runs that are under way go on."""
    signed_in.end()
    visit.forget()
    st.logout()
