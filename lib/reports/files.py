"""Tables as CSV that is safe to open: no cell becomes a formula."""

import pandas as pd

from lib.model.formula_guard import guarded


def csv_bytes(table: pd.DataFrame) -> bytes:
    """CSV in UTF-8 with the mark that Excel needs to see it.

    Lines end as in RFC 4180; both signs of that make a cell stand in quotes, so that neither ends a line within one.
    """
    safe = table.astype("str").apply(guarded)
    safe.columns = guarded(pd.Series(table.columns, dtype="str"))
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
