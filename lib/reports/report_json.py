"""A run as JSON: everything a colleague or a support desk needs, and no token."""

import json
from dataclasses import asdict
from typing import Any

from lib.model.row_status import LANDED, RowStatus
from lib.model.run import BatchLine, Outcome
from lib.model.words import why_stopped
from lib.reports.run_report import RunReport

ROWS = {
    "updated": RowStatus.UPDATED,
    "created": RowStatus.CREATED,
    "unchanged": RowStatus.UNCHANGED,
    "left_out": RowStatus.LEFT_OUT,
    "held_back": RowStatus.HELD_BACK,
    "failed": RowStatus.FAILED,
    "in_doubt": RowStatus.IN_DOUBT,
    "not_sent": RowStatus.NOT_SENT,
}


def report_json(report: RunReport) -> bytes:
    """The run's report."""
    run, spec = report.run, report.spec
    record = {
        "run": run.id,
        "kind": run.kind,
        "follows": run.parent_id,
        "state": run.state,
        "stopReason": why_stopped(run.stop),
        "startedOn": run.created_on.isoformat(),
        "finishedOn": run.finished_on.isoformat() if run.finished_on else None,
        "file": {"name": spec.file_name, "sha256": spec.sha256},
        "site": {"id": spec.site.id, "displayName": spec.site.display_name},
        "collection": {"id": spec.collection.id, "displayName": spec.collection.display_name},
        "choices": asdict(spec.choices),
        "rows": _rows(report),
        "readBack": {"note": run.check_note, "storedDifferently": [asdict(one) for one in report.differences]},
        "batches": [_batch(batch, report) for batch in run.batches],
        "createdItems": [_made(one) for one in report.outcomes if one.status is RowStatus.CREATED],
        "notUpdated": [_outcome(one) for one in report.outcomes if one.status not in LANDED],
    }
    return json.dumps(record, indent=2, ensure_ascii=False, default=str).encode()


def _rows(report: RunReport) -> dict[str, int]:
    counts = report.counts
    return {"rows": counts.total()} | {name: counts[status] for name, status in ROWS.items()}


def _batch(batch: BatchLine, report: RunReport) -> dict[str, Any]:
    return {
        "number": batch.number,
        "state": batch.state,
        "items": batch.items,
        "updated": batch.counts[RowStatus.UPDATED],
        "created": batch.counts[RowStatus.CREATED],
        "waitedSeconds": round(batch.waited_seconds, 2),
        "reason": batch.reason,
        "attempts": [asdict(attempt) for attempt in report.attempts if attempt.batch == batch.number],
    }


def _made(outcome: Outcome) -> dict[str, Any]:
    return {"row": outcome.row, "itemId": outcome.item_id}


def _outcome(outcome: Any) -> dict[str, Any]:
    return {name: value for name, value in asdict(outcome).items() if value not in (None, "")}
