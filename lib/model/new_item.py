"""Items that a file creates: until Webflow has given them an id, each is named by the row that it comes from."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeGuard

from lib.model.item import Item

PREFIX = "new item of row "


def new_item_id(row: int) -> str:
    """What stands for the id of the item that this row creates, also where others refer to it."""
    return f"{PREFIX}{row}"


def is_new(item_id: object) -> TypeGuard[str]:
    """Whether this stands for an item that is still to be created."""
    return isinstance(item_id, str) and item_id.startswith(PREFIX)


def row_of(item_id: str) -> int:
    """The row that creates this item."""
    return int(item_id.removeprefix(PREFIX))


class WhyNot(StrEnum):
    """Why a row without an item cannot create one. LANGUAGE: it is another one than the primary, and no Item ID says
    which item is meant. ITEM_ID: no item has this id, so it was deleted or is of another site. NO_COLUMN: none feeds
    the name. BLANK: there is no text to find it by next time. NO_NAME: it has none."""

    LANGUAGE = "language"
    ITEM_ID = "item id"
    NO_COLUMN = "no column"
    BLANK = "blank"
    NO_NAME = "no name"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """An item that a row would create, in the language of `cms_locale_id`; `is_made`: its page address does not come
    from the file. `variant_of`: the id of the item that is there in the primary language and lacks this one, else "".
    """

    row: int
    name: str
    slug: str
    cms_locale_id: str | None = None
    variant_of: str = ""
    is_made: bool = False

    @property
    def id(self) -> str:
        """Its id, or what stands for it."""
        return self.variant_of or new_item_id(self.row)

    def as_item(self) -> Item:
        """As others may refer to it."""
        return Item(id=self.id, cms_locale_id=self.cms_locale_id, field_data={"name": self.name, "slug": self.slug})
