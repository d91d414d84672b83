"""What a change does to a cell, and what of it is worth a look before anything is sent."""

from enum import StrEnum


class Effect(StrEnum):
    """What becomes of what the item holds in a field."""

    CHANGED = "changed"
    NEW = "new value"
    ERASED = "erased"


class Risk(StrEnum):
    """What may do harm that is not seen at once. A cell has one of them at most, but LIVE is about the whole plan.

    MOVED: the address of a page. ERASED: nothing is left of a value. SHRUNK: a text loses most of itself. IMPORTED:
    Webflow fetches an image or a file in place of one that is there. ARCHIVED: an item is taken off the site. LIVE:
    visitors see it at once.
    """

    MOVED = "moved"
    ERASED = "erased"
    SHRUNK = "shrunk"
    IMPORTED = "imported"
    ARCHIVED = "archived"
    LIVE = "live"
