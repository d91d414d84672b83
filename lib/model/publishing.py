"""What publishing would do to an item, and what visitors would see nothing of."""

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where an item stands.

    READY: it will be published. PUBLISHED: it is already, as it is. CHANGED: somebody changed it after the run, so it
    will be held back. ARCHIVED, GONE: Webflow cannot publish it, so it is left out.
    """

    READY = "ready"
    PUBLISHED = "published"
    CHANGED = "changed"
    ARCHIVED = "archived"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnseenReference:
    """The item of this `row`, by name, refers in `field` (its display name) to `target`, which was never published;
    `target_id` tells targets apart, whose names need not be different."""

    row: int
    item: str
    field: str
    target: str
    target_id: str
