"""A run as JSON: everything a colleague or a support desk needs, and no token."""

import json
from dataclasses import asdict
from typing import Any

from lib.model.collection import Collection
from lib.model.plan import SendChoices
from lib.model.run import BatchReport, OutcomeStatus, Run
from lib.model.sheet import Sheet
from lib.reports.results import RunBalance


def record_json(run: Run, sheet: Sheet, collection: Collection, choices: SendChoices, balance: RunBalance) -> bytes:
    """The run's report."""
    record = {
        "run": run.id,
        "state": run.state,
        "stopReason": run.stop_reason,
        "startedOn": run.started_on.isoformat(),
        "finishedOn": run.finished_on.isoformat() if run.finished_on else None,
        "file": sheet.source.file_name,
        "collection": {"id": collection.id, "displayName": collection.display_name},
        "choices": asdict(choices),
        "rows": asdict(balance),
        "batches": [_batch(batch) for batch in run.batches],
    }
    return json.dumps(record, indent=2, ensure_ascii=False).encode()


def _batch(batch: BatchReport) -> dict[str, Any]:
    return {
        "number": batch.number,
        "items": len(batch.outcomes),
        "updated": sum(outcome.status is OutcomeStatus.UPDATED for outcome in batch.outcomes),
        "waitedSeconds": round(batch.waited_seconds, 2),
        "reason": batch.reason,
        "attempts": [asdict(attempt) for attempt in batch.attempts],
        "failed": [asdict(outcome) for outcome in batch.outcomes if outcome.status is not OutcomeStatus.UPDATED],
    }
