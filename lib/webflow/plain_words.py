"""Webflow's refusals in plain words. A table of patterns; unknown texts are quoted as they are.

Texts about values are partly known from recorded answers or matched by clients of others; the rest follow the wording
of the JSON-schema checker that the recorded ones come from ("should be number"), or are our sandbox's own, since the
real ones are unknown. `{0}` is what a text names, `{file}` the file that is meant, as far as anybody knows it.
"""

import re
from collections.abc import Mapping, Sequence

from lib.errors import Detail

LONGEST_QUOTE = 300
PUBLISH_THE_SITE = "Publish the site in Webflow once, then resume."
_VALUE = re.compile(r"'([^']*)'$|: ([^'\s]\S*)$")
_ID = re.compile(r"\b[0-9a-f]{24}\b")
_TEXT_NUMBER = r"(-?\d+(?:\.\d+)?)"
# What the plan allows is no field's limit. The real text is unknown (a guess); it surely speaks of both.
LACKS_ROOM = r"(?i)\b(?:items?\b.{0,60}\b(?:limit|maximum|quota)|(?:limit|maximum|quota)\b.{0,60}\bitems?)\b"
_SENTENCES: tuple[tuple[str, str], ...] = (
    (
        r"Unique value is already in database: '(.*)'",
        "Another item already has the page address “{0}”. Choose another one. It may be an archived item, or one that "
        "was deleted but whose deletion is not published yet: these still hold their addresses.",
    ),
    (r"should have required property '(name|slug)'", "A new item needs a {0}."),
    (r"Field not described in schema", "The collection has no such field any more. Connect again to see its fields."),
    (r"Missing fields", "There is nothing to change in this item."),
    (r"Field '([^']+)': Field is required", "The field “{0}” is required and cannot be empty."),
    (r"Field is required|Required field cannot be cleared", "This field is required and cannot be empty."),
    (r"Field is not editable|Field cannot be written", "This field cannot be edited."),
    (
        r"Referenced item not found",
        "The item it refers to does not exist in this language. Check the name, or create that item first.",
    ),
    (r"Expected value to have a 'url' field", "An image or file needs a web address."),
    (
        r"File size limit reached",
        "{file} is larger than Webflow takes: 4 MB for an image, 10 MB for a document. Make it smaller.",
    ),
    (
        r"Unsupported file type",
        "{file} is of a kind that this field does not take. Images are JPEG, PNG, GIF, SVG, WebP or AVIF.",
    ),
    (
        r"[Rr]emote (?:file|image) failed to import(?:: (https?://\S+))?",
        "Webflow could not fetch {file}. Check that the address is public, opens in a browser, and is at most 4 MB.",
    ),
    (r"have at most (\d+) items", "It may have {0} entries at most."),
    (r"Is too short", "The text is shorter than this field allows."),
    (r"Is too long", "The text is longer than this field allows."),
    (
        r"to be a valid URL string: '(.*)'",
        "“{0}” is not a whole web address. It takes one such as https://example.com/page.",
    ),
    (r"to be a valid URL string", "This field takes a web address, such as https://example.com/page."),
    (
        r"to be an ItemRef: 'null'",
        "This field does not let go of the item it refers to. Empty it in Webflow, or name another item.",
    ),
    (r"to be an ItemRef: '(.*)'", "“{0}” is not an item that this field can refer to."),
    (r"(?:to be a|should be) number", "This field takes a number."),
    (r"(?:to be an|should be) integer", "This field takes a whole number."),
    (r"(?:to be a|should be) boolean", "This field takes yes or no, nothing else."),
    (r"(?:to be a|should be) string", "This field takes a text."),
    (r"(?:to be a|should be) (?:list|array)", "This field takes a list of values."),
    (r"to be a URL", "This field takes a web address, such as https://example.com."),
    (r"to be an email address", "This field takes an e-mail address, such as name@example.com."),
    (r"to be a color", "This field takes a colour, such as #3F51B5."),
    (r"to be an ISO 8601 date", "This field takes a date, such as 2025-12-31."),
    (r"id of an option", "This is none of the field's options. Connect again to see which there are now."),
    (r"at most (\d+) characters|should NOT be longer than (\d+) characters", "It may be {0} characters long at most."),
    (r"at least (\d+) characters|should NOT be shorter than (\d+) characters", "It must have at least {0} characters."),
    (r"must not be negative", "This field takes no negative numbers."),
    (rf"must be at most {_TEXT_NUMBER}|should be <= {_TEXT_NUMBER}", "The number may be {0} at most."),
    (rf"must be at least {_TEXT_NUMBER}|should be >= {_TEXT_NUMBER}", "The number must be at least {0}."),
    (r"Must be alphanumerical", "A page address takes only letters without accents, digits, hyphens and underscores."),
    (
        r"can't be applied to items that have never been published",
        "This item was never published, so it has no live version to change. Update it as staged content instead.",
    ),
    (
        r"(?i)\bstructure\b|since (?:the|its) last (?:site )?publish",
        f"The collection's fields changed since the site was last published. {PUBLISH_THE_SITE}",
    ),
    (
        r"(?i)\bsite\b(?: (?!items?\b)\S+){0,6} \S*publish|\bunpublished (?:site|collection)\b",
        f"Webflow cannot change live content, since the site is not published. {PUBLISH_THE_SITE}",
    ),
    (
        LACKS_ROOM,
        "The site has as many items as its plan allows, so no more can be created. Delete some in Webflow, or choose a "
        "larger plan, then try again.",
    ),
    (r"still being used by", "Other items refer to this one. Let them refer to another one first."),
    (
        r"collection_not_found|collection cannot be found|invalid: Collection ID",
        "This collection does not exist any more, or this token may not see it. "
        "Connect again to see what is there now.",
    ),
    (
        r"site cannot be found|invalid: Site ID",
        "This site does not exist any more, or this token may not see it. Connect again to see what is there now.",
    ),
    (r"Requested resource not found|item_not_found", "This item does not exist any more, or not in this language."),
    (r"Provided ID is invalid", "The item's id is not one that Webflow gives."),
)


def explain(details: Sequence[Detail], message: str, files: Mapping[str, str] | None = None) -> str:
    """Plain sentences for a refusal: one for each of its details, else its message.

    With several fields to blame, each sentence starts with its field's slug. `files`: the addresses that were sent, by
    field slug, where one item is surely to blame: Webflow itself names no file.
    """
    told = [detail for detail in details if detail.description]
    if not told:
        return sentence_for(message) or f"Webflow refused it and said: “{_quoted(message)}”."
    several = len({detail.param for detail in told}) > 1
    return " ".join(dict.fromkeys(_about(detail, several, (files or {}).get(detail.param, "")) for detail in told))


def sentence_for(text: str, file: str = "") -> str | None:
    """What a text of Webflow's means; None when it is not known. `file` is the address that was sent, "" if unknown."""
    for pattern, sentence in _SENTENCES:
        found = re.search(pattern, text)
        if found:
            named = next((part for part in found.groups() if part), "")
            address = named or file
            words = sentence.format(named, file=f"the file {address}" if address else "the file")
            return words[0].upper() + words[1:]
    return None


def lacks_room(message: str, details: Sequence[Detail]) -> bool:
    """Whether a refusal says that the site's plan allows no more items, which no change of its rows would help."""
    texts = [message, *(one.description for one in details)]
    return not any(one.param for one in details) and any(re.search(LACKS_ROOM, text) for text in texts)


def why_not_published(text: str) -> str:
    """Webflow's sentence about an item that it did not publish (the two known ones were seen in recorded answers)."""
    if "is archived" in text:
        return "The item is archived and cannot be published."
    if "not found" in text:
        return "The item does not exist any more, or not in this language."
    return f"Webflow did not publish it and said: “{text[:LONGEST_QUOTE]}”."


def values_named(text: str) -> set[str]:
    """The values that a refusal may mean: what it quotes, what it ends with, and ids (matched by clients of others)."""
    found = _VALUE.search(text)
    value = (found.group(1) or found.group(2)) if found else None
    return {*_ID.findall(text), *([value] if value else [])}


def _about(detail: Detail, named: bool, file: str) -> str:
    known = sentence_for(detail.description, file)
    sentence = known or f"Webflow refused it and said: “{_quoted(detail.description)}”."
    return f"{detail.param}: {sentence}" if named and detail.param else sentence


def _quoted(text: str) -> str:
    text = text.strip() or "nothing"
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
