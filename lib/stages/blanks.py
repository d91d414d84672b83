"""What emptying would cost: the values that blank cells of a column would erase."""

import pandas as pd

from lib.fields.characters import is_blank
from lib.fields.column import is_empty
from lib.stages.check import live_values


def would_erase(texts: pd.Series, items: pd.Series, slug: str) -> int:
    """How many of the rows' `items` hold a value in the field `slug` where this column's cell is blank."""
    live = live_values(items[is_blank(texts)], [slug])[slug]
    return int(sum(not is_empty(value) for value in live))
