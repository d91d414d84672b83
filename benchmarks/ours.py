"""Flowsheet as the app runs it: from the bytes of a file to the bodies of its requests, stage by stage.

With all safety: the file is read in a process of its own, matched, held against as many live items, and planned.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from benchmarks import sheets
from benchmarks.timing import now
from lib.fields import ReadContext
from lib.model.item import Item
from lib.model.item_table import ItemTable
from lib.model.plan import LeaveOut
from lib.model.site import Site
from lib.stages.live_rows import get_ready
from lib.stages.read import reader
from lib.webflow.wire import update_body
from lib.workflow.checking import Checked
from lib.workflow.destination import Live
from lib.workflow.journey import File, Journey
from lib.workflow.matching import Matched
from lib.workflow.planning import Planned
from lib.workflow.upload import Upload

STAGES = ("read", "match", "check", "plan", "bodies")
SITE = Site(id=f"{1:024x}", display_name="Shop", short_name="shop", time_zone="UTC")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PATIENCE_SECONDS = 600.0


@dataclass
class Walk:
    """A journey to its plan: `seconds` of each stage, and of what its pages show at first."""

    journey: Journey
    bodies: list[str] = field(repr=False)
    seconds: dict[str, float]

    @property
    def read_and_check(self) -> float:
        """Seconds of what every peer does too, but for making items."""
        return self.seconds["read"] + self.seconds["check"]

    @property
    def whole(self) -> float:
        """Seconds from bytes to bodies."""
        return sum(self.seconds[stage] for stage in STAGES)


def walk(name: str, content: bytes, items: Sequence[Item]) -> Walk:
    """The whole way of a file, rows with errors left out."""
    collection = sheets.collection()
    live = Live(items=ItemTable(items), read_on=NOW, since=NOW, targets=sheets.targets())
    began = now()
    get_ready(live.items, collection, ReadContext(targets=live.targets))  # as when the items were loaded
    ready = now() - began
    start = Journey().connect((SITE,)).open_site(SITE, (collection,)).choose(collection, len(items))
    upload = Upload(name=name, content=content)
    times = [now()]

    def then(journey: Journey) -> Journey:
        times.append(now())
        return journey

    read = then(start.bring(File(id="1", upload=upload)).read(upload.read()))
    matched = then(read.match(live))
    checked = then(matched.check({}))
    planned = then(checked.decide(LeaveOut.ROWS).make_plan())
    bodies = [json.dumps(update_body(batch.changes)) for batch in planned.at(Planned).batches]
    then(planned)
    seconds = {stage: after - before for stage, before, after in zip(STAGES, times, times[1:], strict=False)}
    began = now()
    shown(planned)
    return Walk(planned, bodies, seconds | {"shown": now() - began, "live items": ready})


def shown(journey: Journey) -> None:
    """What the pages ask of a journey when they are drawn for the first time."""
    matched, checked, planned = journey.at(Matched), journey.at(Checked), journey.at(Planned)
    assert all(matched.offers[column] is not None for column in matched.sheet.columns)
    assert checked.problems is not None and planned.changes is not None and planned.moved is not None
    assert planned.idle is not None and planned.counts


def nearly_empty(items: Sequence[Item]) -> tuple[Item, ...]:
    """The items as they were when they held nothing but names, so that every value of a sheet is planned."""
    return tuple(replace(item, field_data={"name": "?", "slug": item.field_data["slug"]}) for item in items)


def be_patient() -> None:
    """From now on wait long for the process that reads: one that others keep from its work is no slow one."""
    reader.PATIENCE_SECONDS = PATIENCE_SECONDS
