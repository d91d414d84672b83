"""`Collection` and `Field`: the shape that items of one kind have."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from lib.words.say import say

ALT = "alt:"  # before the slug of an image's field: its alt text


class FieldType(StrEnum):
    """Webflow's field types that we can write, by their API names; all others are `UNKNOWN` and read-only.

    `ALT_TEXT` is none of them: Webflow keeps it inside the image, sheets in a column of its own.
    """

    PLAIN_TEXT = "PlainText"
    RICH_TEXT = "RichText"
    IMAGE = "Image"
    MULTI_IMAGE = "MultiImage"
    FILE = "File"
    VIDEO_LINK = "VideoLink"
    LINK = "Link"
    EMAIL = "Email"
    PHONE = "Phone"
    NUMBER = "Number"
    DATE_TIME = "DateTime"
    SWITCH = "Switch"
    COLOR = "Color"
    OPTION = "Option"
    REFERENCE = "Reference"
    MULTI_REFERENCE = "MultiReference"
    ALT_TEXT = "alt text"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, api_name: str) -> Self:
        """The type that Webflow calls `api_name`; `UNKNOWN` for types we do not write (User, Price, …)."""
        is_known = api_name in cls.__members__.values() and api_name != cls.ALT_TEXT
        return cls(api_name) if is_known else cls.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a collection.

    `slug` is the key of `fieldData`; `api_type` is Webflow's own type name, known to us or not; `validations` is
    what Webflow sent, which may be odd (`"pattern": {}`): read it tolerantly.
    """

    id: str
    slug: str
    display_name: str
    type: FieldType
    api_type: str
    is_required: bool = False
    is_editable: bool = True
    help_text: str = ""
    validations: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_writable(self) -> bool:
        """Whether an import may fill this field."""
        return self.is_editable and self.type is not FieldType.UNKNOWN

    @property
    def target_collection_id(self) -> str | None:
        """The collection that a reference field points into."""
        target = self.validations.get("collectionId")
        return target if isinstance(target, str) else None

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """(id, name) of each choice of an option field, in Webflow's order."""
        entries = self.validations.get("options")
        if not isinstance(entries, list | tuple):
            return ()
        known = [entry for entry in entries if isinstance(entry, dict) and "id" in entry and "name" in entry]
        return tuple((str(entry["id"]), str(entry["name"])) for entry in known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A CMS collection. `fields` is empty when it comes from a list of collections.

    `last_updated` is when its structure last changed, aware, in UTC: recorded answers show that items move it not.
    """

    id: str
    display_name: str
    singular_name: str
    slug: str
    fields: tuple[Field, ...] = ()
    last_updated: datetime | None = None

    def field(self, slug: str) -> Field:
        """The field with this slug, or the alt text of one; raises `KeyError` when there is none."""
        for candidate in self.alt_texts if slug.startswith(ALT) else self.fields:
            if candidate.slug == slug:
                return candidate
        raise KeyError(slug)

    @property
    def writable_fields(self) -> tuple[Field, ...]:
        """The fields that an import may fill."""
        return tuple(candidate for candidate in self.fields if candidate.is_writable)

    @property
    def alt_texts(self) -> tuple[Field, ...]:
        """The alt text of each field of one image, as if it were a field of its own."""
        return tuple(_alt_text(candidate) for candidate in self.writable_fields if candidate.type is FieldType.IMAGE)

    @property
    def targets(self) -> tuple[Field, ...]:
        """What columns of a sheet may feed."""
        return self.writable_fields + self.alt_texts


def _alt_text(image: Field) -> Field:
    return Field(
        id=ALT + image.id,
        slug=ALT + image.slug,
        display_name=say("Alt text of {image}", image=image.display_name),
        type=FieldType.ALT_TEXT,
        api_type=FieldType.ALT_TEXT,
    )
