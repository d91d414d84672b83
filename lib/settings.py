"""Every setting of the app, read and judged in one place: from environment variables of the same names."""

import re
import string
from typing import Annotated, Any
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from lib.errors import FlowsheetError

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SHARES = 5  # of what all visitors may take together, one may take a fifth
_SENTENCES = {
    "webflow_timeout_seconds": (
        "WEBFLOW_TIMEOUT_SECONDS says how long an answer may take. It must be a number from 1 to 600."
    ),
    "journal_days": "JOURNAL_DAYS says how many days runs are kept. It must be a whole number above 0.",
    "journal_mb": "JOURNAL_MB says how many megabytes all records may take. It must be a number above 0.",
    "drafts_mb": "DRAFTS_MB says how many megabytes all drafts may take. It must be a number above 0.",
    "uploads_mb": "UPLOADS_MB says how many megabytes of files may be open. It must be a number above 0.",
    "runs_at_once": "RUNS_AT_ONCE says how many runs may be under way. It must be a whole number above 0.",
    "sign_in_days": "SIGN_IN_DAYS says for how many days somebody stays signed in. It must be a number above 0.",
}
_ADDRESS = re.compile(r"[^\s@\"<>(),:;\\\[\]]+@[^\s@\"<>(),:;\\\[\]/*]+")
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def _safe_address(url: str) -> str:
    """The address, when it is one that no token travels to in the clear."""
    return _encrypted(url.rstrip("/"), "WEBFLOW_API_URL", "https://api.webflow.com/v2")


def _safe_way_back(url: str) -> str:
    """The same for where Webflow leads people back to; as it is, since Webflow compares it letter by letter."""
    return url and _encrypted(url, "WEBFLOW_REDIRECT_URL", "https://your-app.streamlit.app")


def _safe_page(url: str) -> str:
    """The same for the page on which people allow this app to act for them."""
    return _encrypted(url, "WEBFLOW_AUTHORIZE_URL", "https://webflow.com/oauth/authorize")


def _encrypted(url: str, name: str, example: str) -> str:
    parts = _parts(url)
    if parts is None:
        raise ValueError(f"The address in {name} is not usable. It should look like {example}.")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ValueError(
            f"The address in {name} must start with https://, so that tokens travel encrypted. "
            "Only a server on this computer may be reached by http://."
        )
    return url


def _parts(url: str) -> SplitResult | None:
    """The parts of an address with a host, without user name, query or fragment; None for anything else."""
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0  # reading the port raises ValueError for :abc
    except ValueError:
        return None
    is_odd = "@" in parts.netloc or "?" in url or "#" in url or "\\" in url or any(map(str.isspace, url))
    return parts if has_host and not is_odd else None


def one_by_one(text: str) -> frozenset[str]:
    """The entries of a list with commas between them, in small letters; a domain may be written with its @."""
    entries = (entry.strip().translate(_LOWER).removeprefix("@") for entry in text.split(","))
    return frozenset(entry for entry in entries if entry)


def same_address(text: str) -> str | None:
    """An e-mail address as it is compared, None for what is none.

    Letters of the Latin alphabet only are made small: others become the small letters of somebody else's name.
    """
    return text.translate(_LOWER) if _ADDRESS.fullmatch(text) else None


def _addresses(text: str) -> str:
    if text and not (one_by_one(text) and all(_ADDRESS.fullmatch(entry) for entry in one_by_one(text))):
        raise ValueError("SIGN_IN_EMAILS lists who may sign in: whole e-mail addresses, with commas between them.")
    return text


def _domains(text: str) -> str:
    if text and not (one_by_one(text) and all(_ADDRESS.fullmatch(f"a@{entry}") for entry in one_by_one(text))):
        raise ValueError(
            "SIGN_IN_DOMAINS lists whose addresses may sign in: what follows their @, such as example.com, with commas "
            "between them."
        )
    return text


class Settings(BaseSettings):
    """The settings; a blank one is as good as none.

    `webflow_api_url` is where Webflow's API is, by configuration only, so that no visitor can send a token elsewhere;
    `webflow_timeout_seconds` is how long a whole answer may take. `journal_url` is where runs are kept, "" for a file
    in the data folder, and `journal_days` for how many days.

    How much all visitors together may take, of which one may take a fifth (`SHARES`): `drafts_mb` of drafts with their
    files, `uploads_mb` of files open in memory, `runs_at_once` runs under way. `journal_mb` is how large all records
    may grow before no run is begun any more.

    Where the app has a sign-in: `sign_in_emails` and `sign_in_domains` list who is let in, everybody if both are "";
    `sign_in_days` is for how long; `webflow_shared_token` is used by whoever is let in, and by nobody else.

    Where the app is registered with Webflow, so that people need no token: `webflow_client_id` and
    `webflow_client_secret` are what Webflow calls it, `webflow_redirect_url` is the app's own address as registered,
    and `webflow_authorize_url` the page on which people allow it to act for them.
    """

    model_config = SettingsConfigDict(frozen=True)

    webflow_api_url: Annotated[str, AfterValidator(_safe_address)] = "https://api.webflow.com/v2"
    webflow_timeout_seconds: Annotated[float, Field(ge=1, le=600)] = 60.0
    journal_url: str = ""
    journal_days: Annotated[int, Field(ge=1)] = 30
    journal_mb: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 5_000
    drafts_mb: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 500
    uploads_mb: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 500
    runs_at_once: Annotated[int, Field(ge=1)] = 30
    sign_in_emails: Annotated[str, AfterValidator(_addresses)] = ""
    sign_in_domains: Annotated[str, AfterValidator(_domains)] = ""
    sign_in_days: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 30
    webflow_shared_token: Annotated[str, Field(repr=False)] = ""
    webflow_client_id: str = ""
    webflow_client_secret: Annotated[str, Field(repr=False)] = ""
    webflow_redirect_url: Annotated[str, AfterValidator(_safe_way_back)] = ""
    webflow_authorize_url: Annotated[str, AfterValidator(_safe_page)] = "https://webflow.com/oauth/authorize"

    @field_validator("*", mode="before")
    @classmethod
    def _blank_is_none(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, str):
            return value
        return value.strip() or cls.model_fields[str(info.field_name)].default


def settings() -> Settings:
    """The settings as they are now; raises `FlowsheetError`, one sentence that does not repeat what was found."""
    try:
        return Settings()
    except ValidationError as error:
        (first, *_) = error.errors()
        field = str(first["loc"][0])
        told = _SENTENCES.get(field) or str(first["ctx"]["error"])
    raise FlowsheetError(told)
