"""A file that shows what an import looks like: Item ID and every field, with some of the items that are there."""

from collections.abc import Mapping, Sequence

import pandas as pd

from lib.fields import kind_of
from lib.fields.base import Surroundings
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.mapping import Role
from lib.reports.files import csv_bytes


def sample_file(collection: Collection, items: Sequence[Item], targets: Mapping[str, Sequence[Item]]) -> bytes:
    """CSV with these items as people write them; uploaded unchanged, it changes nothing."""
    around = Surroundings(targets=targets)
    table = pd.DataFrame({Role.ITEM_ID.value: [item.id for item in items]})
    for field in collection.writable_fields:
        values = pd.Series([item.field_data.get(field.slug) for item in items], dtype="object")
        table[field.display_name] = kind_of(field.type).show(values, field, around)
    return csv_bytes(table)
