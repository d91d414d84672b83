"""`Checked` + the live items → `Plan`: only what differs, and a decision on every row."""

from collections.abc import Container

import pandas as pd

from lib.fields import kind_of
from lib.model.checked import Checked
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.plan import Change, Plan, SendChoices, StatusChoice
from lib.model.problem import Severity, problem_table
from lib.model.row_status import RowStatus
from lib.stages.check import live_values

UP_TO_DATE = "The item already holds these values."
NEVER_PUBLISHED = "The item was never published, so visitors see no version of it that could change."
ARCHIVED = "The item is archived and cannot be published."
DRAFT_FLAG = {StatusChoice.KEEP: None, StatusChoice.DRAFT: True, StatusChoice.READY: False}


def plan_changes(
    checked: Checked,
    collection: Collection,
    choices: SendChoices,
    *,
    leave_out_errors: bool,
    secondary_locales: Container[str] = (),
) -> Plan:
    """What happens to every row. Rows with errors are left out, or stay errors, as the person decided.

    Changes name their language only when it is one of `secondary_locales`: without one, Webflow means the primary.
    """
    item_ids = checked.item_ids
    statuses = pd.Series(RowStatus.UNCHANGED, index=item_ids.index, dtype="object")
    reasons = pd.Series(UP_TO_DATE, index=statuses.index, dtype="object")
    errors = checked.error_rows.union(statuses.index[item_ids == ""])
    statuses[errors] = RowStatus.LEFT_OUT if leave_out_errors else RowStatus.WITH_ERRORS
    reasons[errors] = _first_problems(checked).reindex(errors, fill_value="No item was found for this row.")
    changes = _changes(checked, collection, statuses.index.difference(errors), choices, secondary_locales)
    changed = pd.Index([change.row for change in changes], dtype="int64")
    texts = [_obstacle(item, choices) for item in checked.items[changed]]
    obstacles = pd.Series(texts, index=changed, dtype="object")
    reasons.update(obstacles)
    statuses.update(obstacles.map(lambda obstacle: RowStatus.LEFT_OUT if obstacle else RowStatus.WILL_UPDATE))
    sendable = tuple(change for change, obstacle in zip(changes, obstacles, strict=True) if not obstacle)
    return Plan(changes=sendable, statuses=statuses, reasons=reasons, item_ids=item_ids)


def _changes(
    checked: Checked,
    collection: Collection,
    rows: pd.Index,
    choices: SendChoices,
    secondary_locales: Container[str],
) -> list[Change]:
    before: dict[int, dict[str, object]] = {}
    after: dict[int, dict[str, object]] = {}
    for slug in checked.values.columns:
        sent = rows[checked.sent.loc[rows, slug]]
        values, live = checked.values.loc[sent, slug], live_values(checked.items[sent], [slug])[slug]
        kind = kind_of(collection.field(slug).type)
        differs = ~kind.same(live, values)
        found = live[differs]
        for row, now, value in zip(sent[differs], found, kind.write(values[differs], found), strict=True):
            before.setdefault(row, {})[slug] = now
            after.setdefault(row, {})[slug] = value
    draft, archived = _changed_flags(checked, rows)
    touched = sorted({*after, *draft, *archived})
    return [
        Change(
            row=int(row),
            item_id=item.id,
            cms_locale_id=item.cms_locale_id if item.cms_locale_id in secondary_locales else None,
            item_name=item.name,
            before=before.get(row, {}),
            after=after.get(row, {}),
            is_draft=draft.get(row) if choices.status is StatusChoice.KEEP else DRAFT_FLAG[choices.status],
            is_archived=archived.get(row),
            was_draft=item.is_draft,
            was_archived=item.is_archived,
            seen_on=item.last_updated,
        )
        for row, item in zip(touched, checked.items[touched], strict=True)
    ]


def _changed_flags(checked: Checked, rows: pd.Index) -> tuple[dict[int, bool], dict[int, bool]]:
    """The draft and archived flags that the file wants otherwise than the items have them, by row."""
    draft: dict[int, bool] = {}
    archived: dict[int, bool] = {}
    for row in rows[checked.flags.loc[rows].notna().any(axis=1)]:
        item, wanted = checked.items[row], checked.flags.loc[row]
        if wanted["draft"] is not None and wanted["draft"] != item.is_draft:
            draft[row] = bool(wanted["draft"])
        if wanted["archived"] is not None and wanted["archived"] != item.is_archived:
            archived[row] = bool(wanted["archived"])
    return draft, archived


def _obstacle(item: Item, choices: SendChoices) -> str:
    """Why this item cannot be updated for visitors at once, "" if it can."""
    if choices.live and item.is_archived:
        return ARCHIVED
    return NEVER_PUBLISHED if choices.live and item.last_published is None else ""


def _first_problems(checked: Checked) -> pd.Series:
    """For each row with errors, its first one as a sentence."""
    table = problem_table([problem for problem in checked.problems if problem.severity is Severity.ERROR])
    first = table.dropna(subset="row").drop_duplicates("row")
    sentences = first["column"].str.cat(first["kind"], sep=": ").str.removeprefix(": ") + ". " + first["fix"]
    return pd.Series(list(sentences), index=first["row"].astype(int), dtype="object")
