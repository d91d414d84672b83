"""Webflow's refusals in plain words. A table of patterns; unknown texts are quoted as they are.

Texts about values are partly known from recorded answers or matched by clients of others; the rest follow the wording
of the JSON-schema checker that the recorded ones come from ("should be number"), or are our sandbox's own, since the
real ones are unknown. `{named}` is what a text names, `{file}` the file that is meant, as far as anybody knows it.
"""

import re
from collections.abc import Mapping, Sequence

from lib.errors import Detail
from lib.words.say import later, say

LONGEST_QUOTE = 300
_VALUE = re.compile(r"'([^']*)'$|: ([^'\s]\S*)$")
_ID = re.compile(r"\b[0-9a-f]{24}\b")
_TEXT_NUMBER = r"(-?\d+(?:\.\d+)?)"
# What the plan allows is no field's limit. The real text is unknown (a guess); it surely speaks of both.
LACKS_ROOM = r"(?i)\b(?:items?\b.{0,60}\b(?:limit|maximum|quota)|(?:limit|maximum|quota)\b.{0,60}\bitems?)\b"
_SENTENCES: tuple[tuple[str, str], ...] = (
    (
        r"Unique value is already in database: '(.*)'",
        later(
            "Another item already has the page address “{named}”. Choose another one. It may be an archived "
            "item, or one that was deleted but whose deletion is not published yet: these still hold their "
            "addresses."
        ),
    ),
    (r"should have required property '(name|slug)'", later("A new item needs a {named}.")),
    (
        r"Field not described in schema",
        later("The collection has no such field any more. Connect again to see its fields."),
    ),
    (r"Missing fields", later("There is nothing to change in this item.")),
    (r"Field '([^']+)': Field is required", later("The field “{named}” is required and cannot be empty.")),
    (r"Field is required|Required field cannot be cleared", later("This field is required and cannot be empty.")),
    (r"Field is not editable|Field cannot be written", later("This field cannot be edited.")),
    (
        r"Referenced item not found",
        later("The item it refers to does not exist in this language. Check the name, or create that item first."),
    ),
    (r"Expected value to have a 'url' field", later("An image or file needs a web address.")),
    (
        r"File size limit reached",
        later("{file} is larger than Webflow takes: 4 MB for an image, 10 MB for a document. Make it smaller."),
    ),
    (
        r"Unsupported file type",
        later("{file} is of a kind that this field does not take. Images are JPEG, PNG, GIF, SVG, WebP or AVIF."),
    ),
    (
        r"[Rr]emote (?:file|image) failed to import(?:: (https?://\S+))?",
        later(
            "Webflow could not fetch {file}. Check that the address is public, opens in a browser, and is at most 4 MB."
        ),
    ),
    (r"have at most (\d+) items", later("It may have {named} entries at most.")),
    (r"Is too short", later("The text is shorter than this field allows.")),
    (r"Is too long", later("The text is longer than this field allows.")),
    (
        r"to be a valid URL string: '(.*)'",
        later("“{named}” is not a whole web address. It takes one such as https://example.com/page."),
    ),
    (r"to be a valid URL string", later("This field takes a web address, such as https://example.com/page.")),
    (
        r"to be an ItemRef: 'null'",
        later("This field does not let go of the item it refers to. Empty it in Webflow, or name another item."),
    ),
    (r"to be an ItemRef: '(.*)'", later("“{named}” is not an item that this field can refer to.")),
    (r"(?:to be a|should be) number", later("This field takes a number.")),
    (r"(?:to be an|should be) integer", later("This field takes a whole number.")),
    (r"(?:to be a|should be) boolean", later("This field takes yes or no, nothing else.")),
    (r"(?:to be a|should be) string", later("This field takes a text.")),
    (r"(?:to be a|should be) (?:list|array)", later("This field takes a list of values.")),
    (r"to be a URL", later("This field takes a web address, such as https://example.com.")),
    (r"to be an email address", later("This field takes an e-mail address, such as name@example.com.")),
    (r"to be a color", later("This field takes a colour, such as #3F51B5.")),
    (r"to be an ISO 8601 date", later("This field takes a date, such as 2025-12-31.")),
    (r"id of an option", later("This is none of the field's options. Connect again to see which there are now.")),
    (
        r"at most (\d+) characters|should NOT be longer than (\d+) characters",
        later("It may be {named} characters long at most."),
    ),
    (
        r"at least (\d+) characters|should NOT be shorter than (\d+) characters",
        later("It must have at least {named} characters."),
    ),
    (r"must not be negative", later("This field takes no negative numbers.")),
    (rf"must be at most {_TEXT_NUMBER}|should be <= {_TEXT_NUMBER}", later("The number may be {named} at most.")),
    (rf"must be at least {_TEXT_NUMBER}|should be >= {_TEXT_NUMBER}", later("The number must be at least {named}.")),
    (
        r"Must be alphanumerical",
        later("A page address takes only letters without accents, digits, hyphens and underscores."),
    ),
    (
        r"can't be applied to items that have never been published",
        later(
            "This item was never published, so it has no live version to change. Update it as staged content instead."
        ),
    ),
    (
        r"(?i)\bstructure\b|since (?:the|its) last (?:site )?publish",
        later(
            "The collection's fields changed since the site was last published. Publish the site in Webflow "
            "once, then resume."
        ),
    ),
    (
        r"(?i)\bsite\b(?: (?!items?\b)\S+){0,6} \S*publish|\bunpublished (?:site|collection)\b",
        later(
            "Webflow cannot change live content, since the site is not published. Publish the site in "
            "Webflow once, then resume."
        ),
    ),
    (
        LACKS_ROOM,
        later(
            "The site has as many items as its plan allows, so no more can be created. Delete some in "
            "Webflow, or choose a larger plan, then try again."
        ),
    ),
    (r"still being used by", later("Other items refer to this one. Let them refer to another one first.")),
    (
        r"collection_not_found|collection cannot be found|invalid: Collection ID",
        later(
            "This collection does not exist any more, or this token may not see it. Connect again to see "
            "what is there now."
        ),
    ),
    (
        r"site cannot be found|invalid: Site ID",
        later(
            "This site does not exist any more, or this token may not see it. Connect again to see what is there now."
        ),
    ),
    (
        r"Requested resource not found|item_not_found",
        later("This item does not exist any more, or not in this language."),
    ),
    (r"Provided ID is invalid", later("The item's id is not one that Webflow gives.")),
)


def explain(details: Sequence[Detail], message: str, files: Mapping[str, str] | None = None) -> str:
    """Plain sentences for a refusal: one for each of its details, else its message.

    With several fields to blame, each sentence starts with its field's slug. `files`: the addresses that were sent, by
    field slug, where one item is surely to blame: Webflow itself names no file.
    """
    told = [detail for detail in details if detail.description]
    if not told:
        return sentence_for(message) or _refused(message)
    several = len({detail.param for detail in told}) > 1
    return " ".join(dict.fromkeys(_about(detail, several, (files or {}).get(detail.param, "")) for detail in told))


def sentence_for(text: str, file: str = "") -> str | None:
    """What a text of Webflow's means; None when it is not known. `file` is the address that was sent, "" if unknown."""
    for pattern, sentence in _SENTENCES:
        found = re.search(pattern, text)
        if found:
            named = next((part for part in found.groups() if part), "")
            address = named or file
            words = say(
                sentence, named=named, file=say("the file {address}", address=address) if address else say("the file")
            )
            return words[0].upper() + words[1:]
    return None


def lacks_room(message: str, details: Sequence[Detail]) -> bool:
    """Whether a refusal says that the site's plan allows no more items, which no change of its rows would help."""
    texts = [message, *(one.description for one in details)]
    return not any(one.param for one in details) and any(re.search(LACKS_ROOM, text) for text in texts)


def why_not_published(text: str) -> str:
    """Webflow's sentence about an item that it did not publish (the two known ones were seen in recorded answers)."""
    if "is archived" in text:
        return say("The item is archived and cannot be published.")
    if "not found" in text:
        return say("The item does not exist any more, or not in this language.")
    return say("Webflow did not publish it and said: “{text}”.", text=text[:LONGEST_QUOTE])


def values_named(text: str) -> set[str]:
    """The values that a refusal may mean: what it quotes, what it ends with, and ids (matched by clients of others)."""
    found = _VALUE.search(text)
    value = (found.group(1) or found.group(2)) if found else None
    return {*_ID.findall(text), *([value] if value else [])}


def _about(detail: Detail, named: bool, file: str) -> str:
    sentence = sentence_for(detail.description, file) or _refused(detail.description)
    return f"{detail.param}: {sentence}" if named and detail.param else sentence


def _refused(text: str) -> str:
    """What is said of a text that is not known; an empty one says nothing."""
    text = text.strip() or say("nothing")
    quoted = text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
    return say("Webflow refused it and said: “{text}”.", text=quoted)
