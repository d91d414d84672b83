"""Texts in the form that most have, and that needs no thought: found in one pass over a whole column.

Patterns are for Arrow's engine (RE2, which knows no neighbours). What they leave out is read one text at a time.
"""

from typing import Any

import numpy as np
import pandas as pd

Values = np.ndarray[Any, np.dtype[np.object_]]

# Letters, digits and marks that are the same in every Unicode form, seen by everybody, and no blanks: printable ASCII,
# Latin, Cyrillic, dashes, quotes, currencies, Chinese, Japanese and Korean signs.
SIGNS = (
    "!-~\u00a1-\u00ac\u00ae-\u024f\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u203a\u20a0-\u20bf\u2122"
    "\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3"
)
NO_CODE = SIGNS.replace("!-~", "!-%'-~")  # without &, which begins HTML codes
LINE = f"[{NO_CODE}](?:[{NO_CODE} ]*[{NO_CODE}])?"  # on one line, no blank at its edges
LINES = rf"[{NO_CODE}][{NO_CODE} \n\t]*"
_OF_PAGES = "!#-&(-+\\-./0-9<-{}~"  # no commas, semicolons, bars and quotes, which may part addresses
ADDRESS = rf"https?://[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*(?::\d+)?(?:[/?#](?:[{_OF_PAGES}:]*[{_OF_PAGES}])?)?"
ERROR_STARTS = ("#", "Err:")  # see `error_texts`


def none(texts: pd.Series) -> Values:
    """No value for any text."""
    return np.full(len(texts), None, dtype=object)


def unchanged(texts: pd.Series, pattern: str) -> Values:
    """The texts that match as a whole as their own values, None for all others, and for what may be an error text."""
    return only(texts, texts.str.fullmatch(pattern) & ~texts.str.startswith(ERROR_STARTS))


def only(values: pd.Series, known: pd.Series) -> Values:
    """The values of these cells, None for all others."""
    found = values.to_numpy(dtype=object, copy=True)
    found[~known.to_numpy(dtype=bool)] = None
    return found
