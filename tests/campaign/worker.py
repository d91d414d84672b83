"""A process that works on one run, as the app does, to be killed at any moment."""

import os
import signal

from lib.journal import claims
from lib.journal.database import Database
from lib.runs import process
from lib.runs.service.runs import Runs
from lib.runs.timing import Timing
from lib.webflow.connection import Connection
from lib.webflow.retry import RetryPolicy

READ_SECONDS = 1.0  # the shortest that an answer may be given
LATE_SECONDS = 1.2  # an answer that comes later than that, and is carried out all the same
LEASE_SECONDS = 1.0
FREEZE_SECONDS = 1.3  # longer than the lease, shorter than the time after which doubts are looked into
SETTLE_SECONDS = 2.0
POLICY = RetryPolicy(first_seconds=0.01, longest_seconds=0.05)
TIMING = Timing(
    lease_seconds=LEASE_SECONDS,
    beat_seconds=0.03,
    stand_by_seconds=0.1,
    settle_seconds=SETTLE_SECONDS,
    policy=POLICY,
    width=2,
    most_width=3,
)


def work(journal_url: str, api_url: str, token: str, run_id: str) -> None:
    """Start or resume the run as soon as nobody else works on it, and stay until it ends; SIGTERM ends the process."""
    os.environ["WEBFLOW_TIMEOUT_SECONDS"] = str(READ_SECONDS)
    db = Database(journal_url)
    runs = Runs(db=db, timing=TIMING)
    connection = Connection(token=token, base_url=api_url, policy=POLICY)
    mine = process.current()
    signal.signal(signal.SIGTERM, lambda number, frame: mine.leaving.set())
    while not mine.leaving.is_set() and not runs.carry_on(connection, run_id):
        if not claims.is_live(db, run_id):
            return
        mine.leaving.wait(TIMING.stand_by_seconds)
    for thread in list(mine.threads.values()):
        while thread.is_alive() and not mine.leaving.is_set():
            thread.join(TIMING.beat_seconds)
    mine.leave()
