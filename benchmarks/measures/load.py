"""Loading live items over HTTP, beside the limit and beside Webflow's SDK in a loop."""

import secrets
import time

from benchmarks import sheets
from benchmarks.sending import BATCH, limit, opened, sdk_client, with_file
from benchmarks.site import PER_MINUTE, Site
from benchmarks.timing import Figure, Goal, Options, Result
from lib.webflow.connection import Connection
from lib.workflow import live_items

GOAL_ROWS = 10_000
LATENCY = 0.5


def measure(options: Options) -> Result:
    """Each size; a loop is measured once, since it waits most of the time."""
    result = Result()
    for rows in options.rows or (GOAL_ROWS,):
        with Site(rows) as site:
            runs = 1 if options.is_quick else min(options.runs, 3)
            seconds = tuple(_ours(site, rows) for _ in range(runs))
            least = limit(-(-rows // BATCH), LATENCY, per_minute=PER_MINUTE)
            result.figures.append(Figure(what=f"load {rows:,} items, L = {LATENCY} s: ours", samples=seconds))
            result.figures.append(Figure(what=f"load {rows:,} items: limit", samples=(least,)))
            if rows == GOAL_ROWS:
                ratio = tuple(one / least for one in seconds)
                what = f"load {rows:,} live items, L = {LATENCY} s ÷ limit"
                result.goals.append(Goal(number="7", what=what, samples=ratio, must=1.15, want=1.05))
            if not options.is_quick:
                figure = _loop(site, rows)
                result.figures += [figure] if figure else []
                result.notes += [] if figure else ["load: SDK not run, webflow is not installed"]
    return result


def _ours(site: Site, rows: int) -> float:
    site.slow_down(0)
    journey = with_file(opened(_fresh(site)), "Item ID,Price\nx,1")
    site.slow_down(LATENCY)
    connection = _fresh(site)
    began = time.perf_counter()
    live = live_items.load(live_items.wanted(connection, journey)).work.result()
    seconds = time.perf_counter() - began
    assert len(live.items) == rows
    return seconds


def _loop(site: Site, rows: int) -> Figure | None:
    try:
        client = sdk_client(_fresh(site))
    except ImportError:
        return None
    began, number = time.perf_counter(), 0
    while number < rows:
        page = client.collections.items.list_items(sheets.collection().id, offset=number, limit=BATCH)
        number += len(page.items or [])
    return Figure(what=f"load {rows:,} items: SDK in a loop", samples=(time.perf_counter() - began,))


def _fresh(site: Site) -> Connection:
    return site.fresh(secrets.token_hex(4))
