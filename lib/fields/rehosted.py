"""Webflow fetches each file that is sent and keeps a copy at an address of its own, `…/<id>_<name>` (seen in the wild).

Who holds the two addresses beside each other can only go by the name.
"""

import re
from urllib.parse import unquote, urlsplit

# Where sites keep their files, today and in earlier years (seen in exports and in recorded answers).
WEBFLOW_HOSTS = re.compile(
    r"(cdn\.prod|assets(-global)?|uploads)\.website-files\.com|uploads(-ssl)?\.webflow\.com|global-uploads\.webflow\.com"
)
_ID_IN_FRONT = re.compile(r"[0-9a-f]{24}_")
_IDS = re.compile(r"([0-9a-f]{24}_)+")


def is_copy(kept: str, sent: str) -> bool:
    """Whether the address `kept` ends as Webflow's copy of the file at `sent` would: ids, then the name."""
    name = name_of(sent)
    return bool(name) and f"_{name_of(kept)}".endswith(f"_{name}")


def is_copy_at_webflow(kept: str, sent: str) -> bool:
    """The same for an address at Webflow's, of a file from elsewhere."""
    return is_at_webflow(kept) and not is_at_webflow(sent) and is_copy(kept, sent)


def is_copy_within_webflow(kept: str, sent: str) -> bool:
    """The same for a file that Webflow served before: the id in its name makes it one of a kind, and every copy of it
    has a new one in front, `<new>_<old>_<name>` (seen in two projects)."""
    name = name_of(sent)
    ids = name_of(kept).removesuffix(name) if name_of(kept).endswith(name) else ""
    is_one_of_a_kind = is_at_webflow(kept) and is_at_webflow(sent) and _ID_IN_FRONT.match(name) is not None
    return is_one_of_a_kind and _IDS.fullmatch(ids) is not None


def is_at_webflow(url: str) -> bool:
    """Whether Webflow itself serves this address."""
    try:
        return WEBFLOW_HOSTS.fullmatch(urlsplit(url).hostname or "") is not None
    except ValueError:  # brackets that hold no address of a computer
        return False


def name_of(url: str) -> str:
    """The name of the file at an address, in small letters; "" where there is none."""
    try:
        path = urlsplit(url).path
    except ValueError:
        path = url
    return unquote(path).rsplit("/", 1)[-1].lower()
