"""What the items of a sheet's rows hold and show, field by field."""

from collections.abc import Sequence

import pandas as pd

from lib.fields import ReadContext, kind_of
from lib.model.collection import Collection, Field
from lib.model.item import Item
from lib.model.item_table import ItemTable
from lib.stages.found import Found
from lib.stages.row_languages import by_language


class LiveRows:
    """Columns with the row numbers as index; rows without an item hold nothing and show ""."""

    def __init__(self, found: Found, context: ReadContext) -> None:
        self._found = found
        self._context = context

    def held(self, slug: str) -> pd.Series:
        """What each row's item holds in a field, as Webflow sent it; None for nothing."""
        values = self._found.table.held(slug)[self._found.places]
        return pd.Series(values, index=self._found.rows, dtype="object")

    def shown(self, field: Field) -> pd.Series:
        """What an export shows of it."""
        texts = shown(self._found.table, field, self._context)
        return pd.Series(texts.array.take(self._found.places), index=self._found.rows)


def shown(table: ItemTable, field: Field, context: ReadContext) -> pd.Series:
    """What an export shows of a field of these items, and "" at the end; made once while its targets are the same."""
    basis = context.targets.get(field.target_collection_id or "", field)
    return table.shown(field.slug, basis, lambda values: _shown(values, table, field, context))


def _shown(values: pd.Series, table: ItemTable, field: Field, context: ReadContext) -> pd.Series:
    def spoken() -> list[str | None]:
        return [*(item.cms_locale_id for item in table), None]

    return by_language(kind_of(field.type).show, values, field, context, spoken)


def get_ready(table: ItemTable, collection: Collection, context: ReadContext) -> None:
    """Look up and show what the items hold, before a sheet waits for it; of references, those with known targets."""
    for field in collection.writable_fields:
        if not kind_of(field.type).is_reference or field.target_collection_id in context.targets:
            shown(table, field, context)


def held_by(items: Sequence[Item | None] | pd.Series, slug: str) -> list[object]:
    """What these items hold in a field, None for nothing."""
    return [item.value(slug) if item is not None else None for item in items]
