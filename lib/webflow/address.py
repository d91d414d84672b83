"""Where Webflow's API is: `WEBFLOW_API_URL`, by configuration only, so that no visitor can send a token elsewhere."""

import os
from urllib.parse import SplitResult, urlsplit

from lib.errors import FlowsheetError

DEFAULT_API_URL = "https://api.webflow.com/v2"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def api_url() -> str:
    """The configured base address; raises `FlowsheetError` when it is none, or would send the token in the clear."""
    url = os.environ.get("WEBFLOW_API_URL", "").strip().rstrip("/") or DEFAULT_API_URL
    parts = _parts(url)
    if parts is None:
        raise FlowsheetError(
            "The address in WEBFLOW_API_URL is not usable. It should look like https://api.webflow.com/v2."
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise FlowsheetError(
            "The address in WEBFLOW_API_URL must start with https://, so that tokens travel encrypted. "
            "Only a server on this computer may be reached by http://."
        )
    return url


def is_loopback(url: str) -> bool:
    """Whether the address is on this computer."""
    return urlsplit(url).hostname in LOOPBACK


def _parts(url: str) -> SplitResult | None:
    """The parts of an address with a host, without user name, query or fragment; None for anything else."""
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0  # reading the port raises ValueError for :abc
    except ValueError:
        return None
    is_odd = "@" in parts.netloc or "?" in url or "#" in url or "\\" in url or any(map(str.isspace, url))
    return parts if has_host and not is_odd else None
