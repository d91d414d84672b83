"""What each Webflow field type accepts, how a column of it is read, compared, shown and written: one file a family."""

from importlib import import_module
from pkgutil import iter_modules

from lib.fields.base import KINDS, Cell, FieldKind, ReadContext, Rule
from lib.fields.column import Reading, together
from lib.model.collection import FieldType

__all__ = ["Cell", "FieldKind", "ReadContext", "Reading", "Rule", "kind_of", "together"]

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")


def kind_of(field_type: FieldType) -> FieldKind:
    """The abilities of a field type."""
    return KINDS[field_type]
