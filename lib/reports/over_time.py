"""How a run went over time: the items that Webflow took, and the waits in between."""

from collections.abc import Sequence

import pandas as pd

from lib.model.run import Attempt

SUCCESS = range(200, 300)


def items_over_time(attempts: Sequence[Attempt]) -> pd.DataFrame:
    """One line for each request that Webflow took, with `seconds` since the first began and the `items` taken by then;
    the first line is the beginning."""
    if not attempts:
        return pd.DataFrame({"seconds": pd.Series(dtype="float64"), "items": pd.Series(dtype="int64")})
    began = min(one.started_on for one in attempts)
    taken = sorted(
        ((one.started_on - began).total_seconds() + one.seconds, one.item_count)
        for one in attempts
        if one.status in SUCCESS
    )
    table = pd.DataFrame([(0.0, 0), *taken], columns=["seconds", "items"])
    return table.assign(items=table["items"].cumsum())


def waits(attempts: Sequence[Attempt]) -> pd.DataFrame:
    """The waits before requests, each `from` and `to` in seconds since the first request began."""
    began = min((one.started_on for one in attempts), default=None)
    found = [
        ((one.started_on - began).total_seconds(), one.waited_seconds)
        for one in attempts
        if began is not None and one.waited_seconds >= 1
    ]
    return pd.DataFrame([(max(at - waited, 0.0), at) for at, waited in found], columns=["from", "to"], dtype="float64")
