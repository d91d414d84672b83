"""Where Webflow's API is: `WEBFLOW_API_URL`, by configuration only, so that no visitor can send a token elsewhere."""

import os
from urllib.parse import urlsplit

from lib.errors import FlowsheetError

DEFAULT_API_URL = "https://api.webflow.com/v2"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def api_url() -> str:
    """The configured base address; raises `FlowsheetError` when it is none, or would send the token in the clear."""
    url = os.environ.get("WEBFLOW_API_URL", "").strip().rstrip("/") or DEFAULT_API_URL
    parts = urlsplit(url)
    if not parts.hostname or parts.username or parts.query or parts.fragment:
        raise FlowsheetError(
            "The address in WEBFLOW_API_URL is not usable. It should look like https://api.webflow.com/v2."
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise FlowsheetError(
            "The address in WEBFLOW_API_URL must start with https://, so that tokens travel encrypted."
        )
    return url
