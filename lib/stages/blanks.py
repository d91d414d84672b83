"""What emptying would cost: the values that blank cells of a column would erase."""

from collections.abc import Sequence

import pandas as pd

from lib.fields.column import is_empty
from lib.model.item import Item
from lib.stages.check import live_values


def would_erase(texts: pd.Series, item_ids: pd.Series, items: Sequence[Item], slug: str) -> int:
    """How many items hold a value in the field `slug` where this column's cell is blank."""
    blank = item_ids[texts.str.strip() == ""]
    live = live_values(blank, items, [slug])[slug]
    return int(sum(not is_empty(value) for value in live))
