"""For several copies behind a proxy: app.py, and an address at which each copy says whether it can work."""

import streamlit as st
from starlette.routing import Route

from pages.shared.health import health

app = st.App("app.py", routes=[Route("/health", health)])
