"""Tablib for the table and the widgets of django-import-export for the values, cell by cell."""

import functools
from typing import Any

from benchmarks import rules
from benchmarks.rules import Errors, Item
from benchmarks.sheets import COLUMNS, REQUIRED

NEEDS = ("tablib", "import_export", "django")


def read(content: bytes) -> tuple[list[Item], Errors]:
    """Items and errors."""
    import tablib

    data = tablib.Dataset().load(content.decode(), format="csv")
    widgets = _widgets()
    items: list[Item] = []
    errors: Errors = []
    for number, row in enumerate(data.dict, 2):
        values: dict[str, Any] = {}
        wrong = []
        for column in COLUMNS:
            try:
                values[column] = widgets[column].clean(row[column].strip(), row)
                if values[column] is None and column in REQUIRED:
                    wrong.append(column)
            except ValueError:
                wrong.append(column)
        errors += [(number, column) for column in wrong]
        if not wrong:
            items.append(rules.item(values))
    return items, errors


@functools.cache
def _widgets() -> dict[str, Any]:
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_TZ=True, TIME_ZONE="UTC", USE_I18N=False)
        django.setup()
    from import_export import widgets

    class Checked(widgets.CharWidget):
        """A text of one column, held against its rules."""

        def __init__(self, column: str) -> None:
            super().__init__(allow_blank=False)
            self.column = column

        def clean(self, value: Any, row: Any = None, **options: Any) -> Any:
            text = super().clean(value, row, **options)
            return rules.value_of(self.column, text) if text else None

    class Switch(widgets.BooleanWidget):
        TRUE_VALUES = ("yes", "true", "1", "Yes", True)
        FALSE_VALUES = ("no", "false", "0", "No", False)

        def clean(self, value: Any, row: Any = None, **options: Any) -> Any:
            if value and value not in self.TRUE_VALUES + self.FALSE_VALUES:
                raise ValueError(value)
            return super().clean(value, row, **options)

    class Price(widgets.FloatWidget):
        def clean(self, value: Any, row: Any = None, **options: Any) -> Any:
            if value:
                rules.value_of("Price", value)
            return super().clean(value.replace(",", ""), row, **options)

    class Moment(widgets.DateTimeWidget):
        def clean(self, value: Any, row: Any = None, **options: Any) -> Any:
            found = super().clean(value, row, **options)
            return found and found.isoformat()[:19] + ".000Z"

    forms = ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S")
    own = {"Featured": Switch(), "Price": Price(), "Published at": Moment(format=None)}
    own["Published at"].formats = forms
    return {column: own.get(column) or Checked(column) for column in COLUMNS}
