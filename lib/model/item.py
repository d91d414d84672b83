"""`Item`: one entry of a collection, as Webflow holds it now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from lib.model.collection import ALT
from lib.words.say import later


class ItemStatus(StrEnum):
    """The status a person sees in the editor (developers.webflow.com, "Publishing with the CMS API")."""

    ARCHIVED = later("Archived")
    DRAFT = later("Draft")
    DRAFT_CHANGES = later("Changes in draft")
    QUEUED = later("Queued to publish")
    PUBLISHED = later("Published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item in one locale.

    `field_data` maps field slugs to values as Webflow sends them; an empty field has no key at all
    (seen in recorded answers). Times are aware, in UTC.
    """

    id: str
    cms_locale_id: str | None
    field_data: Mapping[str, object] = field(default_factory=dict)
    is_draft: bool = False
    is_archived: bool = False
    created_on: datetime | None = None
    last_updated: datetime | None = None
    last_published: datetime | None = None

    def value(self, slug: str) -> object:
        """What the item holds in a field, as Webflow sends it; of an image's alt text, the text. None for nothing."""
        if not slug.startswith(ALT):
            return self.field_data.get(slug)
        image = self.field_data.get(slug.removeprefix(ALT))
        alt = image.get("alt") if isinstance(image, Mapping) else None
        return alt if isinstance(alt, str) and alt else None

    @property
    def name(self) -> str:
        """The item's name, "" if it has none."""
        return str(self.field_data.get("name") or "")

    @property
    def slug(self) -> str:
        """The item's slug, "" if it has none."""
        return str(self.field_data.get("slug") or "")

    @property
    def status(self) -> ItemStatus:
        """What the editor shows for this item."""
        if self.is_archived:
            return ItemStatus.ARCHIVED
        if self.is_draft:
            return ItemStatus.DRAFT if self.last_published is None else ItemStatus.DRAFT_CHANGES
        if self.last_published is None or (self.last_updated and self.last_published < self.last_updated):
            return ItemStatus.QUEUED
        return ItemStatus.PUBLISHED
