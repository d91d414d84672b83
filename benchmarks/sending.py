"""One import over HTTP, from live items that are read to the end of its run, and the same with the SDK in a loop."""

import secrets
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import sheets
from benchmarks.site import Site
from lib.journal.database import Database
from lib.model.plan import Batch, LeaveOut
from lib.model.run import RunState
from lib.model.run_spec import RunSpec
from lib.runs.service.runs import Runs
from lib.webflow.connection import Connection
from lib.webflow.wire import update_body
from lib.workflow import connect, live_items
from lib.workflow.destination import Opened
from lib.workflow.journey import File, Journey
from lib.workflow.planning import Planned
from lib.workflow.upload import Upload

AT_ONCE = 8
BATCH = 100
PLENTY = 1_000_000
LOOK_SECONDS = 0.02


@dataclass(frozen=True)
class Sent:
    """What a run took: seconds, computing seconds of this process, requests by method, and batches that were lost."""

    seconds: float
    cpu: float
    patches: int
    others: int
    lost: int


def limit(requests: int, latency: float, *, per_minute: int, refills: bool = False) -> float:
    """The fewest seconds that so many requests can take, `AT_ONCE` of them at a time."""
    in_flight = -(-requests // AT_ONCE) * latency
    if refills:
        return max(in_flight, (requests - per_minute) * 60 / per_minute + latency)
    windows = (requests - 1) // per_minute
    return max(in_flight, windows * 60 + latency)


def opened(connection: Connection) -> Journey:
    """The journey as far as the collection."""
    (site,) = connect.sites(connection)
    journey = Journey().connect((site,)).open_site(site, connect.collections(connection, site))
    return journey.choose(*connect.open_collection(connection, sheets.collection().id, journey.at(Opened).locale_id))


def with_file(journey: Journey, text: str) -> Journey:
    """The journey with a CSV file that was read."""
    upload = Upload(name="things.csv", content=text.encode())
    return journey.bring(File(id="1", upload=upload)).read(upload.read())


def planned(site: Site, rows: int, order: dict[str, Any]) -> Planned:
    """A plan that changes two fields of every item, made from items as they are read from the site."""
    connection = site.fresh(secrets.token_hex(4), **(order | {"budget": PLENTY, "refills": False}))
    lines = [f"{item.id},{number}.5,Words for number {number}" for number, item in enumerate(sheets.make(rows).items)]
    journey = with_file(opened(connection), "\n".join(["Item ID,Price,Summary", *lines]))
    journey = journey.match(live_items.load(live_items.wanted(connection, journey)).work.result())
    return journey.check({}).decide(LeaveOut.ROWS).make_plan().at(Planned)


def ours(site: Site, spec: RunSpec, order: dict[str, Any]) -> Sent:
    """The run of this order on a fresh site, as the app runs it."""
    connection = site.fresh(secrets.token_hex(4), **order)
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(db=Database(f"sqlite:///{Path(folder) / 'journal.db'}"))
        began, cpu = time.perf_counter(), time.process_time()
        run_id = runs.start(connection, spec, secrets.token_hex(8))
        for thread in threading.enumerate():
            if thread.name == f"run-{run_id}":
                thread.join()
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
        run = runs.get(run_id)
        assert run is not None and run.state is RunState.DONE, run
        lost = -(-(len(spec.plan.changes) - run.updated) // BATCH)
        runs.db.close()
    return _counted(site, connection, seconds, cpu, lost)


def sdk(site: Site, batches: tuple[Batch, ...], order: dict[str, Any]) -> Sent:
    """The same batches, one after the other, with Webflow's SDK as its documentation shows it."""
    connection = site.fresh(secrets.token_hex(4), **order)
    client = sdk_client(connection)
    began, cpu, lost = time.perf_counter(), time.process_time(), 0
    for batch in batches:
        try:
            client.collections.items.update_items(sheets.collection().id, items=update_body(batch.changes)["items"])
        except Exception as error:
            if "TooManyRequests" not in type(error).__name__:
                raise
            lost += 1
    return _counted(site, connection, time.perf_counter() - began, time.process_time() - cpu, lost)


def sdk_client(connection: Connection) -> Any:
    """Webflow's SDK, talking to the sandbox."""
    from webflow import Webflow
    from webflow.environment import WebflowEnvironment

    url = connection.base_url
    environment = WebflowEnvironment(base=url, data_api=url, content_delivery_api=url)
    return Webflow(access_token=connection.token, environment=environment)


def _counted(site: Site, connection: Connection, seconds: float, cpu: float, lost: int) -> Sent:
    methods = [one["method"] for one in site.asked(connection.token)]
    patches = methods.count("PATCH")
    return Sent(seconds, cpu, patches, len(methods) - patches, lost)
