"""Whoever waits for a reading reads why, and how long it still takes, second by second."""

import itertools
import re
import threading
from dataclasses import replace

import pytest

from lib.errors import WaitReason
from lib.journal.tables import now
from lib.journal.tables import run as run_table
from lib.model.run_state import RunState, Wanted
from lib.runs import process
from lib.runs.reading import load_items, load_targets
from lib.runs.waits import Waits
from lib.sandbox.rate import Window
from lib.webflow.exchange import Waiting
from lib.webflow.retry import RetryPolicy
from tests.patience import until
from tests.runs.conftest import Desk


def test_a_used_up_minute_is_counted_down_while_items_are_read(desk: Desk) -> None:
    """The window of the sandbox goes by a clock that the waits move."""
    now, told, read = [1000.0], list[str](), list[int]()
    collection_id = desk.door.collection_id("products")
    desk.door.box.service.worlds[desk.door.token].window = Window(3, 60.0, lambda: now[0])

    def sleep(seconds: float) -> None:
        now[0] += seconds

    items = load_items(desk.connection, collection_id, read.append, waits=Waits(told.append, sleep))
    assert read == [100, 200, 300, 400] and len(items) > 400
    first, *_ = (list(group) for is_wait, group in itertools.groupby(told, bool) if is_wait)
    seconds = [int(number) for said in first for number in re.findall(r"in (\d+) s$", said)]
    assert {re.sub(r"\d+ s$", "", said) for said in first} == {"Webflow allows 3 requests a minute; going on in "}
    assert seconds == list(range(seconds[0], 0, -1)) and 30 < seconds[0] <= 60
    assert told[-1] == ""


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ("503", "Webflow is busy"),
        ("dropped", "Webflow did not answer"),
        ("429", "Webflow allows 1000000 requests"),
        ("body", "Webflow's answer is unreadable"),
    ],
)
def test_other_waits_say_why_too(desk: Desk, fault: str, why: str) -> None:
    policy = RetryPolicy(first_seconds=8.0, longest_seconds=8.0, jitter=lambda: 1.0)
    told: list[str] = []
    fields = desk.spec([]).collection.fields
    desk.door.box.order_fault(fault, method="GET", token=desk.door.token)
    waits = Waits(told.append, lambda seconds: None)
    assert load_targets(replace(desk.connection, policy=policy), fields, {}, waits=waits)
    assert told[0].startswith(why) and told[-1] == ""


def test_a_wait_of_less_than_a_second_is_not_told() -> None:
    told: list[str] = []
    slept: list[float] = []
    waits = Waits(told.append, slept.append)
    waits.wait(Waiting(seconds=0.4, reason=WaitReason.RATE_LIMIT))
    waits.wait(Waiting(seconds=1.5, reason=WaitReason.RATE_LIMIT))
    assert slept == [0.4, 1.0, 0.5]
    assert told == [
        "Webflow allows only so many requests a minute; going on in 2 s",
        "Webflow allows only so many requests a minute; going on in 1 s",
        "",
    ]


def test_a_wait_while_the_items_are_read_back_is_told_too(desk: Desk) -> None:
    changes = desk.changes(3)
    spec = desk.spec(changes)
    service = desk.door.box.service
    service.worlds[desk.door.token].window = Window(2, 60.0, service.clock)  # the look, and one batch
    run_id = desk.start_spec(spec)
    run = desk.until(run_id, lambda run: run.state is RunState.CHECKING and bool(run.waiting))
    assert run.waiting is WaitReason.RATE_LIMIT and run.waiting_seconds > 1
    desk.runs.want(run_id, Wanted.STOP)
    assert desk.finished(run_id).updated == 3


def readers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "read-ahead"]


@pytest.mark.parametrize("is_lost", [False, True], ids=["stopped", "lost to another process"])
def test_a_reading_that_is_broken_off_in_a_run_leaves_nobody_behind(desk: Desk, is_lost: bool) -> None:
    changes = desk.changes(300)
    spec = desk.spec(changes)
    service = desk.door.box.service
    service.worlds[desk.door.token].window = Window(
        6, 60.0, service.clock
    )  # the look, three batches, two pages of four
    run_id = desk.start_spec(spec)
    desk.until(run_id, lambda run: run.state is RunState.CHECKING and bool(run.waiting))
    assert readers()
    if is_lost:
        values = {"owner": "another", "fence": run_table.c.fence + 1, "lease_until": now() + 0.3}
        with desk.db.write() as connection:
            connection.execute(run_table.update().where(run_table.c.id == run_id).values(values))
        until(lambda: not readers() or process.current().threads.get(run_id) is None, "the readers end")
        assert not readers(), "they end before their run does"
    desk.runs.want(run_id, Wanted.STOP)
    if not is_lost:
        assert desk.finished(run_id).updated == 300
    assert not readers()
