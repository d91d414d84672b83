"""What comes of an import, as lines of JSON: how its columns were matched, problems, decisions and changes."""

import hashlib
import json
import lzma
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from lib.errors import UnreadableFile
from lib.model.mapping import Match
from lib.webflow.wire import update_body
from lib.workflow.checking import Checked
from lib.workflow.destination import Uploaded
from lib.workflow.journey import Journey
from lib.workflow.matching import Matched
from lib.workflow.planning import Planned

FOLDER = Path(__file__).parent / "results"
SHOWN = ["row", "item", "field", "now", "after"]


def lines_of(journey: Journey | UnreadableFile) -> list[str]:
    """Everything that a person is told or that is sent, one thing a line, in the order in which it is shown."""
    found = [{"refused": str(journey)}] if isinstance(journey, UnreadableFile) else _told(journey)
    return [json.dumps(one, ensure_ascii=False, default=str) for one in found]


def digest(lines: Sequence[str]) -> str:
    """A short name for these lines."""
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def keep(name: str, lines: Sequence[str], folder: Path = FOLDER) -> None:
    """Keep the lines under this name."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.jsonl.xz").write_bytes(lzma.compress("\n".join(lines).encode("utf-8", "surrogatepass")))


def kept(name: str, folder: Path = FOLDER) -> list[str]:
    """The lines that were kept under this name; none when none were."""
    path = folder / f"{name}.jsonl.xz"
    return lzma.decompress(path.read_bytes()).decode("utf-8", "surrogatepass").split("\n") if path.exists() else []


def _told(journey: Journey) -> Iterator[dict[str, Any]]:
    uploaded, matched = journey.at(Uploaded), journey.at(Matched)
    checked, planned = journey.at(Checked), journey.at(Planned)
    yield {"sheet": [uploaded.sheet.row_count, *uploaded.sheet.columns], "source": str(uploaded.sheet.source)}
    frame = uploaded.sheet.frame
    yield {"rows": digest([str(row) for row in frame.index]), "as found": dict(uploaded.sheet.as_found)}
    yield from ({"cells": column, "digest": digest(list(frame[column]))} for column in frame.columns)
    yield {
        "key": matched.mapping.key_column,
        "found": matched.found.matched,
        "unmatched": dict(matched.found.unmatched),
    }
    yield from ({"column": one.column, "feeds": _feeds(one)} for one in matched.mapping.matches)
    yield from ({"meant": list(row)} for row in matched.meant.itertuples(index=False))
    yield {"decisions": [str(one) for one in checked.damages], "separators": dict(checked.separators)}
    yield {
        "counts": {status.value: number for status, number in sorted(planned.counts.items())},
        "fields": dict(planned.fields),
        "batches": len(planned.batches),
    }
    yield {"bad": checked.bad, "warned": checked.warned, "moved": len(planned.moved)}
    for row in checked.problems.itertuples(index=False):
        place = {"row": None if pd.isna(row.row) else int(row.row)}
        yield {"problem": row.kind} | row._asdict() | place
    plan = planned.plan
    for row, decision, reason, item in zip(
        plan.statuses.index, plan.statuses, plan.reasons, plan.item_ids, strict=True
    ):
        yield {"row": int(row), "decision": decision, "reason": reason, "item": item}
    for change in plan.changes:
        (entry,) = update_body([change])["items"]
        yield {"change": change.row, "of": change.item_name, "sent": entry, "before": dict(change.before)} | {
            "was": [change.was_draft, change.was_archived, change.seen_on]
        }
    yield from ({"shown": list(row)} for row in planned.changes[SHOWN].itertuples(index=False))


def _feeds(match: Match) -> list[str | None]:
    return [match.field_slug, match.role, match.matched_by, match.suggestion]
