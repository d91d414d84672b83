"""Webflow's refusals in plain words. A table of patterns; unknown texts are quoted as they are."""

import re
from collections.abc import Sequence

from lib.errors import Detail

_SENTENCES: tuple[tuple[str, str], ...] = (
    (
        r"Unique value is already in database: '(.*)'",
        "Another item already has the page address “{0}”. Choose another one. An item that was deleted but whose "
        "deletion is not published yet still holds its address.",
    ),
    (r"Field not described in schema", "The collection has no such field any more. Connect again to see its fields."),
    (r"Field is required", "This field is required and cannot be empty."),
    (r"Field is not editable", "This field cannot be edited."),
    (
        r"Referenced item not found",
        "The item it refers to does not exist in this language. Check the name, or create that item first.",
    ),
    (r"Expected value to have a 'url' field", "An image or file needs a web address."),
    (
        r"[Rr]emote file failed to import:? ?(\S*)",
        "Webflow could not fetch the file {0}. "
        "Check that the address is public, opens in a browser, and is at most 4 MB.",
    ),
    (
        r"live PATCH updates can't be applied to items that have never been published|Live PATCH",
        "This item was never published, so it has no live version to change. Update it as staged content instead.",
    ),
    (
        r"Collection structure changed since the last publish",
        "The collection's fields changed since the site was last published. "
        "Publish the site in Webflow, then try again.",
    ),
    (r"Requested resource not found", "This item does not exist any more, or not in this language."),
    (r"Provided ID is invalid", "The item's id is not one that Webflow gives."),
)


def explain(details: Sequence[Detail], message: str) -> str:
    """One plain sentence or two for a refusal: its details if there are any, else its message."""
    texts = [detail.description for detail in details if detail.description] or [message]
    return " ".join(dict.fromkeys(_sentence(text) for text in texts))


def _sentence(text: str) -> str:
    for pattern, sentence in _SENTENCES:
        found = re.search(pattern, text)
        if found:
            return sentence.format(*found.groups(default="")) if found.groups() else sentence
    return f"Webflow refused it and said: “{text.strip() or 'nothing'}”."
