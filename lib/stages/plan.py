"""`Checked` + the live items → `Plan`: only what differs, and a decision on every row."""

from collections.abc import Container
from dataclasses import replace

import pandas as pd

from lib.fields import kind_of
from lib.model.checked import Checked
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.plan import Change, Plan, SendChoices, StatusChoice
from lib.model.problem import Cause, Severity, problem_table
from lib.model.row_status import RowStatus
from lib.stages.alt_texts import with_alt_texts
from lib.stages.creations import creations
from lib.stages.leaving_out import without_dangling
from lib.stages.live_rows import held_by
from lib.stages.telling import TellEach, each_told, untold
from lib.words.say import later, say

UP_TO_DATE = later("The item already holds these values.")
NEVER_PUBLISHED = later("The item was never published, so visitors see no version of it that could change.")
ARCHIVED = later("The item is archived and cannot be published.")
DRAFT_FLAG = {StatusChoice.KEEP: None, StatusChoice.DRAFT: True, StatusChoice.READY: False}
LEFT_OUT_BY_HAND = later("You left this row out.")
NO_ITEM = later("No item was found for this row.")


def plan_changes(
    checked: Checked,
    collection: Collection,
    choices: SendChoices,
    *,
    leave_out_errors: bool,
    left_out: pd.Index | None = None,
    secondary_locales: Container[str] = (),
    tell: TellEach = untold,
) -> Plan:
    """What happens to every row. Rows with errors are left out, or stay errors, as the person decided; `left_out` are
    rows that the person left out before anything was checked.

    Changes name their language only when it is one of `secondary_locales`: without one, Webflow means the primary.
    `tell` hears of every field before it is compared.
    """
    item_ids = checked.item_ids
    statuses = pd.Series(RowStatus.UNCHANGED, index=item_ids.index, dtype="object")
    reasons = pd.Series(UP_TO_DATE, index=statuses.index, dtype="object")
    created = pd.Index([item.row for item in checked.new], dtype="int64")
    errors = checked.error_rows.union(statuses.index[item_ids == ""].difference(created))
    as_wrong = RowStatus.LEFT_OUT if leave_out_errors else RowStatus.WITH_ERRORS
    statuses[errors] = as_wrong
    reasons[errors] = _first_problems(checked).reindex(errors, fill_value=NO_ITEM)
    whole, able = with_alt_texts(checked), statuses.index.difference(errors)
    made = creations(whole, collection, created.intersection(able), choices)
    changes = _changes(whole, collection, able.difference(created), choices, secondary_locales, tell)
    obstacles = {change.row: _obstacle(checked.items[change.row], choices) for change in changes}
    told = {change.row: (RowStatus.WILL_CREATE, "") for change in made}
    told |= {row: (RowStatus.LEFT_OUT if why else RowStatus.WILL_UPDATE, why) for row, why in obstacles.items()}
    statuses.update(pd.Series({row: status for row, (status, _) in told.items()}, dtype="object"))
    reasons.update(pd.Series({row: why for row, (_, why) in told.items()}, dtype="object"))
    less = _left_out(checked).drop([row for row, why in obstacles.items() if why], errors="ignore")
    reasons.update(less)
    statuses[less.index[statuses[less.index] == RowStatus.UNCHANGED]] = RowStatus.LEFT_OUT
    sendable = tuple(change for change in changes if not obstacles[change.row])
    plan = Plan(changes=(*made, *sendable), statuses=statuses, reasons=reasons, item_ids=item_ids)
    if created.size:
        plan = without_dangling(plan, collection, as_wrong)
    return plan if left_out is None else _with_left_out(plan, left_out)


def _with_left_out(plan: Plan, rows: pd.Index) -> Plan:
    """The plan with these rows, too, in their places."""
    told = (plan.statuses, RowStatus.LEFT_OUT), (plan.reasons, LEFT_OUT_BY_HAND), (plan.item_ids, "")
    statuses, reasons, item_ids = (
        pd.concat([column, pd.Series(word, index=rows, dtype=column.dtype)]).sort_index() for column, word in told
    )
    return replace(plan, statuses=statuses, reasons=reasons, item_ids=item_ids)


def _changes(
    checked: Checked,
    collection: Collection,
    rows: pd.Index,
    choices: SendChoices,
    secondary_locales: Container[str],
    tell: TellEach,
) -> list[Change]:
    before: dict[int, dict[str, object]] = {}
    after: dict[int, dict[str, object]] = {}
    for slug in each_told(checked.values.columns, lambda slug: collection.field(slug).display_name, tell):
        sent = rows[checked.sent.loc[rows, slug]]
        values = checked.values.loc[sent, slug]
        live = pd.Series(held_by(checked.items[sent], slug), index=sent, dtype="object")
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


def _left_out(checked: Checked) -> pd.Series:
    """For each row that some cells are left out of: which, and why."""
    found: dict[int, list[str]] = {}
    for problem in checked.problems:
        what = f"{problem.column} ({say(problem.kind)})"
        for row in problem.rows if problem.cause is Cause.LEFT_OUT else ():
            found.setdefault(row, []).append(what)
    told = {row: say("Without {cells}.", cells=", ".join(dict.fromkeys(some))) for row, some in sorted(found.items())}
    return pd.Series(list(told.values()), index=pd.Index(list(told), dtype="int64"), dtype="object")


def _first_problems(checked: Checked) -> pd.Series:
    """For each row with errors, its first one as a sentence."""
    table = problem_table([problem for problem in checked.problems if problem.severity is Severity.ERROR])
    first = table.dropna(subset="row").drop_duplicates("row")
    kinds = first["kind"].map({kind: say(kind) for kind in first["kind"].unique()})
    sentences = first["column"].str.cat(kinds, sep=": ").str.removeprefix(": ") + ". " + first["fix"]
    return pd.Series(list(sentences), index=first["row"].astype(int), dtype="object")
