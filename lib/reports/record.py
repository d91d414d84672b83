"""A run as JSON: everything a colleague or a support desk needs, and no token."""

import json
from dataclasses import asdict
from typing import Any

from lib.model.run import BatchLine, OutcomeStatus
from lib.reports.run_report import RunReport


def record_json(report: RunReport) -> bytes:
    """The run's report."""
    run, spec = report.run, report.spec
    record = {
        "run": run.id,
        "kind": run.kind,
        "follows": run.parent_id,
        "state": run.state,
        "stopReason": run.stop_reason,
        "startedOn": run.created_on.isoformat(),
        "finishedOn": run.finished_on.isoformat() if run.finished_on else None,
        "file": {"name": spec.file_name, "sha256": spec.sha256},
        "site": {"id": spec.site.id, "displayName": spec.site.display_name},
        "collection": {"id": spec.collection.id, "displayName": spec.collection.display_name},
        "choices": asdict(spec.choices),
        "rows": asdict(report.balance),
        "readBack": {"note": run.check_note, "storedDifferently": report.differences},
        "batches": [_batch(batch, report) for batch in run.batches],
        "notUpdated": [_outcome(one) for one in report.outcomes if one.status is not OutcomeStatus.UPDATED],
    }
    return json.dumps(record, indent=2, ensure_ascii=False, default=str).encode()


def _batch(batch: BatchLine, report: RunReport) -> dict[str, Any]:
    return {
        "number": batch.number,
        "state": batch.state,
        "items": batch.items,
        "updated": batch.updated,
        "waitedSeconds": round(batch.waited_seconds, 2),
        "reason": batch.reason,
        "attempts": [asdict(attempt) for attempt in report.attempts if attempt.batch == batch.number],
    }


def _outcome(outcome: Any) -> dict[str, Any]:
    return {name: value for name, value in asdict(outcome).items() if value not in (None, "")}
