"""What emptying would cost: the values that blank cells of a column would erase."""

import pandas as pd

from lib.fields.characters import is_blank
from lib.fields.column import is_empty
from lib.stages.live_rows import held_by


def would_erase(texts: pd.Series, items: pd.Series, slug: str) -> int:
    """How many of the rows' `items` hold a value in the field `slug` where this column's cell is blank."""
    return sum(not is_empty(value) for value in held_by(items[is_blank(texts)], slug))
