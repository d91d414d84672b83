"""Memory: the most that one import takes at a time, its reader's process included, and what several visitors hold.

Each contender runs in a process of its own; what it imports and the items that lie in Webflow anyway do not count for
the peak, but for visitors everything does.
"""

import gc
import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection as Pipe

from benchmarks import ours, sheets
from benchmarks.peers import pandera_naive
from benchmarks.timing import Figure, Goal, Options, Result

GOAL_ROWS = 100_000
VISITORS, VISITOR_ROWS = 10, 10_000
LOOK_SECONDS = 0.02
MB = 1_000_000


def measure(options: Options) -> Result:
    """The peak beside naive pandera's, a row's share of it, and ten visitors."""
    try:
        import psutil  # noqa: F401
    except ImportError:
        return Result(notes=["memory: not run, psutil is not installed"])
    result = Result()
    runs = 1 if options.is_quick else min(options.runs, 3)
    for rows in options.rows or (10_000, GOAL_ROWS):
        content = sheets.make(rows).csv
        peaks = [(_peak(_ours, content, rows), _peak(_pandera, content, rows)) for _ in range(runs)]
        for name, samples in zip(("ours", "pandera_naive"), zip(*peaks, strict=True), strict=True):
            result.figures.append(Figure(what=f"peak of {name}, {rows:,} rows", samples=samples, unit="MB"))
            each = tuple(one * 1_000 / rows for one in samples)
            result.figures.append(Figure(what=f"{name} for each of {rows:,} rows", samples=each, unit="KB"))
        if rows == GOAL_ROWS:
            samples = tuple(one / other for one, other in peaks)
            what = f"peak memory ÷ pandera_naive, {rows:,} rows"
            result.goals.append(Goal(number="12", what=what, samples=samples, must=0.6, want=0.35))
    if options.rows is None:
        held = (_peak(_visitors, b"", VISITOR_ROWS, from_nothing=True),)
        what = f"{VISITORS} visitors with {VISITOR_ROWS:,} rows each, one after the other"
        result.goals.append(Goal(number="12", what=what, samples=held, must=1_000, unit="MB"))
    return result


def _peak(work: Callable[[bytes, int, Pipe], None], content: bytes, rows: int, from_nothing: bool = False) -> float:
    """The most MB that the process and its children held from when it was ready until it was done."""
    import psutil

    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=work, args=(content, rows, there))
    process.start()
    there.close()  # so that an end that comes too early is heard
    here.recv()
    seen = psutil.Process(process.pid)
    base = 0 if from_nothing else _held(seen)
    most = [0]
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            most[0] = max(most[0], _held(seen))
            time.sleep(LOOK_SECONDS)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        here.send("go")
        here.recv()
    finally:
        done.set()
        watcher.join()
    process.join()
    return (most[0] - base) / MB


def _held(process: object) -> int:
    import psutil

    assert isinstance(process, psutil.Process)
    total = 0
    for one in (process, *process.children(recursive=True)):
        try:
            total += one.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def _ready(pipe: Pipe) -> None:
    gc.collect()
    ours.be_patient()
    pipe.send("ready")
    pipe.recv()


def _ours(content: bytes, rows: int, pipe: Pipe) -> None:
    items = sheets.make(rows).items
    ours.walk("small.csv", sheets.make(50).csv, items[:50])  # imports what is needed
    _ready(pipe)
    held = ours.walk("things.csv", content, items)
    pipe.send(len(held.bodies))
    os._exit(0)


def _pandera(content: bytes, rows: int, pipe: Pipe) -> None:
    pandera_naive.read(sheets.make(50).csv)
    _ready(pipe)
    held = pandera_naive.read(content)
    pipe.send(len(held))
    os._exit(0)


def _visitors(content: bytes, rows: int, pipe: Pipe) -> None:
    _ready(pipe)
    held = []
    for number in range(VISITORS):
        made = sheets.make(rows, seed=number)
        upload = made.csv, made.items
        del made
        held.append((upload, ours.walk("things.csv", *upload)))
    gc.collect()
    pipe.send(len(held))
    os._exit(0)
