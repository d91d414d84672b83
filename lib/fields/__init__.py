"""What each Webflow field type accepts, how a column of it is read, compared and shown: one file for each family."""

from lib.fields.base import FieldKind, ReadContext, Reading, Rule
from lib.fields.color import Color
from lib.fields.date_time import DateTime
from lib.fields.file import File, Files
from lib.fields.link import Email, Link, VideoLink
from lib.fields.number import Number
from lib.fields.option import Option
from lib.fields.reference import MultiReference, Reference
from lib.fields.rich_text import RichText
from lib.fields.switch import Switch
from lib.fields.text import PlainText
from lib.model.collection import FieldType

__all__ = ["FieldKind", "ReadContext", "Reading", "Rule", "kind_of"]

_KINDS: dict[FieldType, FieldKind] = {
    FieldType.PLAIN_TEXT: PlainText(),
    FieldType.RICH_TEXT: RichText(),
    FieldType.IMAGE: File(),
    FieldType.MULTI_IMAGE: Files(),
    FieldType.FILE: File(),
    FieldType.VIDEO_LINK: VideoLink(),
    FieldType.LINK: Link(),
    FieldType.EMAIL: Email(),
    FieldType.PHONE: PlainText(),
    FieldType.NUMBER: Number(),
    FieldType.DATE_TIME: DateTime(),
    FieldType.SWITCH: Switch(),
    FieldType.COLOR: Color(),
    FieldType.OPTION: Option(),
    FieldType.REFERENCE: Reference(),
    FieldType.MULTI_REFERENCE: MultiReference(),
}


def kind_of(field_type: FieldType) -> FieldKind:
    """The abilities of a field type; raises `KeyError` for `UNKNOWN`, which is never written."""
    return _KINDS[field_type]
