"""The browser's secret: what tells one visitor of the demo from another after a refresh.

A refresh makes a new session, and whoever tries the demo has no token to paste. But each browser holds a random secret
already: the cookie with which Streamlit protects uploads (`server.enableXsrfProtection`), 16 bytes that stay the same
until the browser is closed and come with every connection, masked anew each time (Tornado's format, version 2:
`2|mask|masked secret|time`). The cookie goes to every app on the same host, so it proves little: where nobody signs in,
it leads back to demo sites, and to the list of this browser's drafts; those of a real site are opened with a token of
that site only.
"""

import binascii
from itertools import cycle

import streamlit as st

COOKIE = "_streamlit_xsrf"
SECRET_BYTES = 16


def secret() -> str:
    """This browser's secret; "" where it has none."""
    return unmasked(st.context.cookies.get(COOKIE) or "")


def unmasked(cookie: str) -> str:
    """The secret in the cookie, in hexadecimal; "" when it is not of this form."""
    parts = cookie.strip("\"'").split("|")
    if len(parts) != 4 or parts[0] != "2":
        return ""
    try:
        mask, masked = binascii.unhexlify(parts[1]), binascii.unhexlify(parts[2])
    except ValueError:
        return ""
    if not mask or len(masked) != SECRET_BYTES:
        return ""
    return bytes(byte ^ over for byte, over in zip(masked, cycle(mask), strict=False)).hex()
