"""Words on record, which are the same in every language, as whoever reads them reads them."""

import pandas as pd

from lib.words.say import say


def said(words: pd.Series) -> pd.Series:
    """A column of kinds, states or reasons in the language of whoever reads it; each is looked up once."""
    told: pd.Series = words.map({one: say(one) for one in words.unique()})
    return told.astype("str")
