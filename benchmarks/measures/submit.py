"""Sending batches over HTTP within Webflow's limits: beside what is possible, and beside its SDK in a loop.

The sandbox answers in a process of its own. Reading back, which comes after the run, is left out.
"""

from importlib.util import find_spec
from typing import Any

from benchmarks.sending import BATCH, Sent, limit, ours, planned, sdk
from benchmarks.site import PER_MINUTE, Site
from benchmarks.timing import Figure, Goal, Options, Result
from lib.workflow.planning import Planned

LATENCY = 0.5
SHORT, LONG = 100, 300
GUARD_SECONDS = 15.0
# What is sent: its name, how many batches, what is special about the site, and the goal.
Case = tuple[str, int, dict[str, Any], tuple[str, float, float]]
CASES: tuple[Case, ...] = (
    ("items touched apart", SHORT, {}, ("8", 1.10, 1.03)),
    ("all touched in one minute", SHORT, {"is_one_import": True}, ("8", 1.10, 1.03)),
    ("fixed window", LONG, {}, ("9", 1.08, 1.03)),
    ("limit that refills", LONG, {"refills": True}, ("9", 1.08, 1.03)),
)


def measure(options: Options) -> Result:
    """Short runs as often as asked, long ones once; quick: the short ones alone."""
    result = Result()
    _computing(result, options)
    for number in (SHORT, LONG):
        with Site(number * BATCH) as site:
            for name, batches, order, goal in CASES:
                if batches == number and not (options.is_quick and number == LONG):
                    runs = 1 if number == LONG or options.is_quick else options.runs
                    _case(site, name, batches, order, goal, runs, result)
    return result


def _case(
    site: Site,
    name: str,
    batches: int,
    order: dict[str, Any],
    goal: tuple[str, float, float],
    runs: int,
    result: Result,
) -> None:
    site.slow_down(0)
    plan = planned(site, batches * BATCH, order)
    assert len(plan.batches) == batches
    site.slow_down(LATENCY)
    found = [ours(site, plan.spec(read_back=False), order) for _ in range(runs)]
    least = limit(batches, LATENCY, per_minute=PER_MINUTE, refills="refills" in order)
    what = f"{batches} batches, {name}, L = {LATENCY} s"
    seconds = tuple(one.seconds for one in found)
    result.figures += [
        Figure(what=f"{what}: ours", samples=seconds),
        Figure(what=f"{what}: limit", samples=(least,)),
        Figure(what=f"{what}: requests beside PATCHes", samples=tuple(one.others for one in found), unit="requests"),
        Figure(what=f"{what}: PATCHes", samples=tuple(one.patches for one in found), unit="requests"),
    ]
    number, must, want = goal
    ratio = tuple(one / least for one in seconds)
    result.goals.append(Goal(number=number, what=f"submit {what} ÷ limit", samples=ratio, must=must, want=want))
    lost = tuple(one.lost for one in found)
    if number == "9":
        result.goals.append(Goal(number="9", what=f"lost of {what}", samples=lost, must=0, unit="batches"))
    more = tuple(one.others - 1 - one.seconds // GUARD_SECONDS for one in found)
    told = f"{what}: requests beside PATCHes, over 1 and one per {GUARD_SECONDS:.0f} s"
    result.goals.append(Goal(number="10", what=told, samples=more, must=0, unit="requests"))
    _loop(site, plan, what, order, result)


def _loop(site: Site, plan: Planned, what: str, order: dict[str, Any], result: Result) -> None:
    if find_spec("webflow") is None:
        result.notes.append(f"{what}: SDK not run, webflow is not installed")
    elif not order:
        looped = sdk(site, plan.batches, order)
        result.figures.append(Figure(what=f"{what}: SDK in a loop", samples=(looped.seconds,)))
        result.notes.append(f"{what}: SDK in a loop lost {looped.lost} batches")


def _computing(result: Result, options: Options) -> None:
    """What a batch costs this process when nobody waits for answers."""
    order = {"budget": 1_000_000}
    with Site(SHORT * BATCH) as site:
        plan = planned(site, SHORT * BATCH, order)
        pairs: list[tuple[Sent, Sent]] = []
        for _ in range(1 if options.is_quick else options.runs):
            sent = ours(site, plan.spec(read_back=False), order)
            pairs.append((sent, sdk(site, plan.batches, order) if find_spec("webflow") else sent))
    milliseconds = tuple(one.cpu * 1_000 / SHORT for one, _ in pairs)
    result.figures.append(Figure(what="computing time a batch: ours", samples=milliseconds, unit="ms"))
    if find_spec("webflow"):
        other = tuple(one.cpu * 1_000 / SHORT for _, one in pairs)
        result.figures.append(Figure(what="computing time a batch: SDK", samples=other, unit="ms"))
        ratio = tuple(one.cpu / two.cpu for one, two in pairs)
        what = "computing time a batch ÷ SDK"
        result.goals.append(Goal(number="11", what=what, samples=ratio, must=0.25, want=0.1))
