"""What may come after a run, as the order for another one: try again, overwrite after all, publish. See `undoing` too.

All of them know the items that the run has created by their real ids.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import pandas as pd

from lib.fields import kind_of
from lib.model.new_item import is_new
from lib.model.plan import Change, Plan
from lib.model.row_status import LANDED, TO_TRY_AGAIN, RowStatus
from lib.model.run import Outcome, RunKind
from lib.model.run_spec import RunSpec
from lib.runs.new_items import ids_of, resolved
from lib.runs.without_files import as_landed

FLAGS = ""  # stands for an item's status where the others are the slugs of fields


def imports_files_again(spec: RunSpec) -> bool:
    """Whether this run sends images or files, which Webflow then imports once more."""
    slugs = {field.slug for field in spec.collection.fields if kind_of(field.type).is_file}
    return any(change.after.get(slug) for change in spec.plan.changes for slug in slugs & set(change.after))


def retry(
    run_id: str, spec: RunSpec, outcomes: Sequence[Outcome], corrected: Mapping[int, Mapping[str, object]]
) -> RunSpec:
    """What failed or was not sent, once more; `corrected` gives new values for some fields of some rows.

    Who refers to an item that was held back, since another one has its page address, means that one: whoever tries
    again has been told, and bringing the file again would find it.
    """
    there = ids_of(outcomes, (RowStatus.HELD_BACK,))
    again = [
        replace(change, after={**change.after, **corrected.get(change.row, {})})
        for change in resolved(with_status(spec, outcomes, TO_TRY_AGAIN), spec.collection, there)
    ]
    return order(_again(spec), run_id, spec, again)


def overwrite(
    run_id: str,
    spec: RunSpec,
    outcomes: Sequence[Outcome],
    cells: Mapping[int, Container[str]],
    read_on: datetime | None,
) -> RunSpec:
    """What was held back, sent after all: for these rows, and of each row these fields (by slug, and `FLAGS`).

    What the items hold now becomes the value before. They were read at different moments, so an edit since the
    earliest of them counts. What was to be created updates the item that is there; where nobody knows which item that
    is, nothing is sent.
    """
    held = {outcome.row: outcome for outcome in outcomes if not is_new(outcome.item_id)}
    again = [
        _over(change, held[change.row], cells[change.row])
        for change in with_status(spec, outcomes, (RowStatus.HELD_BACK,))
        if change.row in held and change.row in cells
    ]
    seen = [change.seen_on for change in again if change.seen_on]
    as_shown = replace(spec, read_on=min(seen, default=read_on), since=None)
    return order(_again(spec), run_id, as_shown, again)


def _over(change: Change, held: Outcome, slugs: Container[str]) -> Change:
    now = held.now or {}
    with_flags = FLAGS in slugs
    # An item's own page address is not sent again (a weak report says that it is refused).
    own = {"slug"} if now.get("slug") == change.after.get("slug") else set()
    chosen = {slug for slug in change.after if slug in slugs} - own
    return replace(
        change,
        item_id=held.item_id,
        is_variant=False,
        before={slug: now.get(slug) for slug in change.after if slug in chosen},
        after={slug: value for slug, value in change.after.items() if slug in chosen},
        is_draft=change.is_draft if with_flags else None,
        is_archived=change.is_archived if with_flags else None,
        was_draft=bool(held.is_draft),
        was_archived=bool(held.is_archived),
        seen_on=held.updated_on,
    )


def _again(spec: RunSpec) -> RunKind:
    """What a second try is: publishing stays publishing."""
    return RunKind.PUBLISH if spec.kind is RunKind.PUBLISH else RunKind.RETRY


def publish(
    run_id: str, spec: RunSpec, outcomes: Sequence[Outcome], left_out: Mapping[int, str] | None = None
) -> RunSpec:
    """Show visitors what a run stored as staged content; the guard holds back items that anybody changed since.

    `left_out` are rows that cannot be published, each with the reason.
    """
    stored = {outcome.row: outcome.updated_on for outcome in outcomes}
    staged = (RowStatus.CREATED,) if spec.choices.live else LANDED
    items = [
        replace(
            change, before={}, after={}, is_draft=None, is_archived=None, seen_on=stored[change.row], is_variant=False
        )
        for change in with_status(spec, outcomes, staged)
    ]
    others = {row: (RowStatus.LEFT_OUT, reason) for row, reason in (left_out or {}).items()}
    to_publish = [change for change in items if change.row not in others]
    return order(RunKind.PUBLISH, run_id, spec, to_publish, {one.row: one.item_id for one in items}, others)


def with_status(spec: RunSpec, outcomes: Sequence[Outcome], statuses: Container[RowStatus]) -> list[Change]:
    """The changes with these outcomes, with the ids of all items that the run has created, without the files that were
    refused."""
    rows = {outcome.row for outcome in outcomes if outcome.status in statuses}
    changes = [change for change in spec.plan.changes if change.row in rows]
    return list(resolved(as_landed(changes, outcomes), spec.collection, ids_of(outcomes)))


def order(
    kind: RunKind,
    run_id: str,
    spec: RunSpec,
    changes: Sequence[Change],
    item_ids: Mapping[int, str] | None = None,
    others: Mapping[int, tuple[RowStatus, str]] | None = None,
) -> RunSpec:
    """An order about these changes, and `others`: rows of `item_ids` that it leaves alone, and why."""
    item_ids = item_ids or {change.row: change.item_id for change in changes}
    to_send = {change.row: RowStatus.WILL_CREATE if change.creates else RowStatus.WILL_UPDATE for change in changes}
    told = [(others or {}).get(row) or (to_send[row], "") for row in item_ids]
    index = pd.Index(list(item_ids), dtype="int64")
    plan = Plan(
        changes=tuple(changes),
        statuses=pd.Series([decision for decision, _ in told], index=index, dtype="object"),
        reasons=pd.Series([reason for _, reason in told], index=index, dtype="object"),
        item_ids=pd.Series(["" if is_new(one) else one for one in item_ids.values()], index=index, dtype="str"),
    )
    return replace(spec, kind=kind, parent_id=run_id, plan=plan, sheet=None, problems=None)
