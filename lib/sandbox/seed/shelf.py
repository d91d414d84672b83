"""`Shelf`: puts believable items into a world, with status, dates and files."""

import re
import unicodedata
from enum import Enum

from lib.sandbox.answers import JSON
from lib.sandbox.world import World


class Status(Enum):
    """How an item stands: flags as the API shows them."""

    PUBLISHED = "published"
    DRAFT = "draft"
    QUEUED = "queued"
    ARCHIVED = "archived"


class Shelf:
    """Adds items to a world that is being made."""

    def __init__(self, world: World) -> None:
        self.world = world

    def slug(self, name: str) -> str:
        """The page address made from a name."""
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")

    def image(self, path: str, alt: str) -> JSON:
        """An image as items hold it."""
        return {"fileId": self.world.new_id(), "url": f"https://cdn.tidepool.example/{path}", "alt": alt}

    def usual_status(self, number: int) -> Status:
        """Most items are published; some wait, some are drafts, a few are archived."""
        if number % 29 == 17:
            return Status.ARCHIVED
        if number % 13 == 7:
            return Status.DRAFT
        return Status.QUEUED if number % 17 == 11 else Status.PUBLISHED

    def add(
        self,
        collection: JSON,
        data: JSON,
        *,
        status: Status = Status.PUBLISHED,
        item_id: str | None = None,
        locale: str | None = None,
    ) -> str:
        """Store one item and return its id. A queued one was changed after it was published."""
        moment = self.world.stamp()
        is_live = status in (Status.PUBLISHED, Status.QUEUED)
        item = {
            "id": item_id or self.world.new_id(),
            "cmsLocaleId": locale or self.world.primary_locale,
            "lastPublished": moment if is_live else None,
            "lastUpdated": moment,
            "createdOn": moment,
            "isArchived": status is Status.ARCHIVED,
            "isDraft": status is Status.DRAFT,
            "fieldData": {"slug": self.slug(data["name"])} | data,
        }
        staged = item | {"lastUpdated": self.world.stamp()} if status is Status.QUEUED else item
        self.world.put(collection["id"], staged, live=item if is_live else None)
        return str(item["id"])
