"""Images and files: which addresses can be fetched, and under which address they are kept.

The refusals are texts that clients of others match; none of them names the file (but see `Behaviour.files_named`).
"""

import re
from typing import Any
from urllib.parse import urlsplit

from lib.sandbox.answers import JSON
from lib.sandbox.place import Place, Wrong

ADDRESS = re.compile(r"https?://[^\s/]+\S*")
KEEP = object()  # a file that is to be skipped: the field keeps its value
MOST_FILES = 25  # in a gallery (second-hand, two sources)
OWN_HOST = "https://cdn.prod.website-files.com"
TOO_LARGE_HOST = "too-large.invalid"
IMAGES = (".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".avif")  # documented
# Pages that show files to people; what is fetched there is HTML. ("S": which hosts, and the text, are ours.)
PAGES = re.compile(
    r"https?://(?:drive\.google\.com/(?!uc\b)|docs\.google\.com/\S+/edit\b|(?:www\.)?dropbox\.com/\S+[?&]dl=0\b"
    r"|(?:www\.)?dropbox\.com/(?:home|scl/fo)/|1drv\.ms/|onedrive\.live\.com/(?!download\b)"
    r"|[\w-]+\.sharepoint\.com/(?!\S*[?&]download=1\b)|photos\.app\.goo\.gl/|imgur\.com/a/)"
)
NOT_FETCHED = "Remote file failed to import"
NOT_SUPPORTED = f"{NOT_FETCHED}: Unsupported file type"
TOO_LARGE = "Remote image failed to import: File size limit reached"


def file(field: JSON, value: Any, place: Place) -> Any:
    """A file is fetched again whenever it is sent, also when it is the same address (seen in the wild)."""
    if not isinstance(value, dict) or not isinstance(value.get("url"), str):
        raise Wrong("Expected value to have a 'url' field")
    trouble = _trouble(field, value["url"])
    if trouble and place.skip_invalid_files:
        return KEEP
    if trouble:
        raise Wrong(f"{trouble}: {value['url']}" if place.world.behaviour.files_named else trouble)
    file_id, alt = place.world.new_id(), value.get("alt")
    return {
        "fileId": file_id,
        "url": kept_at(value["url"], file_id, place),
        "alt": alt if isinstance(alt, str) else None,
    }


def files(field: JSON, value: Any, place: Place) -> Any:
    """A gallery."""
    if not isinstance(value, list):
        raise Wrong("Expected value to be a list")
    if len(value) > MOST_FILES:
        raise Wrong(f"Value must have at most {MOST_FILES} items")  # S
    fetched = [file(field, entry, place) for entry in value]
    return [entry for entry in fetched if entry is not KEEP]


def _trouble(field: JSON, url: str) -> str:
    """Why this address gives no file, "" if it does. Hosts below .invalid stand for everything that does not answer."""
    try:
        host, path = urlsplit(url).hostname or "", urlsplit(url).path
    except ValueError:
        return NOT_FETCHED
    if host == TOO_LARGE_HOST:
        return TOO_LARGE
    if not ADDRESS.fullmatch(url) or host.endswith(".invalid"):
        return NOT_FETCHED
    is_image = field["type"] in ("Image", "MultiImage")
    ending = path.lower().rpartition("/")[2].rpartition(".")
    is_something_else = is_image and bool(ending[1]) and f".{ending[2]}" not in IMAGES
    return NOT_SUPPORTED if PAGES.match(url) or is_something_else else ""


def kept_at(url: str, file_id: str, place: Place) -> str:
    """The address under which a file is kept."""
    if not place.world.behaviour.files_rehosted:
        return url
    return f"{OWN_HOST}/{place.world.site['id']}/{file_id}_{urlsplit(url).path.rpartition('/')[2] or 'file'}"
