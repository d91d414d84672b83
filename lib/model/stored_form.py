"""`StoredForm`: what Webflow made of a value that was sent, remembered without the values themselves.

Webflow keeps images and files at addresses of its own, writes e-mails in small letters, tidies rich text (seen in the
wild). A sheet that is brought again still holds what was sent: whoever remembers both forms knows that nothing changed.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Place = tuple[str, str]
"""An item and its language: id and CMS locale id, "" where the site has only one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredForm:
    """The forms of one field of one item: `sent` is what we sent, `stored` what Webflow then held, both as digests.

    `is_again`: what was sent is what Webflow had stored already, an image with another alt text for example. Then
    whatever it was made of has become this.
    """

    place: Place
    field_slug: str
    sent: str
    stored: str
    is_again: bool = False


Memory = Mapping[Place, Mapping[str, StoredForm]]
"""What is remembered of a collection: by item and language, by the slug of the field."""

NOTHING: Memory = MappingProxyType({})


def digest(value: object) -> str:
    """A short name for a value's form: equal forms have equal digests.

    Files count by their addresses alone: ids and alt texts are no part of what a sheet says.
    """
    text = json.dumps(_form(value), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _form(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_form(entry) for entry in value]
    return value["url"] if isinstance(value, Mapping) and "url" in value else value
