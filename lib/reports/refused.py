"""Images and files that Webflow refused while the rest of their rows was stored, as a table for people."""

from collections.abc import Iterable

import pandas as pd

from lib.model.run import Outcome
from lib.model.run_spec import RunSpec
from lib.reports.held import shown

COLUMNS = ("row", "item", "field", "sent", "why")


def refused_files(spec: RunSpec, outcomes: Iterable[Outcome]) -> pd.DataFrame:
    """One line for each: `COLUMNS`, with the field's name and the address that was sent."""
    fields = {field.slug: field for field in spec.collection.fields}
    changes = {change.row: change for change in spec.plan.changes}
    lines = [
        (one.row, changes[one.row].item_name, fields[slug].display_name, shown(fields[slug], value), one.reason)
        for one in outcomes
        for slug in one.without
        for value in [changes[one.row].after.get(slug)]
    ]
    return pd.DataFrame(lines, columns=list(COLUMNS))
