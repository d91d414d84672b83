"""Types that we do not write, whatever they are: shown as Webflow sends them."""

from lib.fields.base import FieldKind
from lib.model.collection import FieldType
from lib.words.say import later


class ReadOnly(FieldKind):
    """A field that nothing is read for."""

    type = FieldType.UNKNOWN
    title = later("Read-only")
