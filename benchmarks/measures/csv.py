"""CSV, warm and in one process: ours stage by stage beside the peers."""

import functools
from collections.abc import Sequence
from types import ModuleType

from benchmarks import sheets
from benchmarks.held_beside import differences
from benchmarks.ours import STAGES, nearly_empty, walk
from benchmarks.peers import NAMES, find
from benchmarks.timing import Contender, Goal, Options, Result, Rounds, Seconds, timed
from lib.errors import UnreadableFile
from lib.workflow.upload import Upload

USUAL_ROWS = (1_000, 10_000, 100_000)
# The goals by rows: read and check against pydantic, and the whole way to the plan.
AGAINST_PYDANTIC = {1_000: (3.0, 1.5), 10_000: (1.0, 0.5), 100_000: (0.7, 0.3)}
WHOLE_WAY = {10_000: (2.0, 1.0), 100_000: (1.5, 0.7)}
SLOW_FROM = 50_000  # rows from which only the peers run that goals ask for
ALWAYS = ("pydantic", "bound")
HELD_ROWS = 2_000


def measure(options: Options) -> Result:
    """All sizes."""
    result = Result()
    peers = found_peers(options, result)
    _hold(peers, result)
    for rows in options.rows or USUAL_ROWS:
        wanted = {name: peer for name, peer in peers.items() if rows < SLOW_FROM or name in ALWAYS}
        _clean(rows, wanted, options, result)
    return result


def found_peers(options: Options, result: Result) -> dict[str, ModuleType]:
    """The peers that were asked for and can run; the others are noted."""
    found = {}
    for name in options.peers or NAMES:
        peer = find(name)
        if isinstance(peer, str):
            result.notes.append(peer)
        else:
            found[name] = peer
    return found


def _hold(peers: dict[str, ModuleType], result: Result) -> None:
    """All peers make the same items and errors; ours differ from them for reasons that are known."""
    made = sheets.make(HELD_ROWS, 0.05)
    content = made.csv
    answers = {
        name: (items, sorted(errors)) for name, (items, errors) in ((n, p.read(content)) for n, p in peers.items())
    }
    (first, (items, errors)), *others = answers.items()
    for name, answer in others:
        assert answer == (items, errors), f"{name} and {first} make different items or errors"
    result.notes.append(f"{', '.join(answers)}: the same {len(items):,} items and {len(errors):,} errors")
    held = differences(walk("things.csv", content, nearly_empty(made.items)), made.rows, items, errors)
    result.notes += [
        f"Flowsheet, {one.column}: {one.cells:,} cells otherwise, {one.reason or 'UNEXPLAINED'}" for one in held
    ]
    assert all(one.reason for one in held), "\n".join(result.notes)


def ours(content: bytes, items: Sequence[sheets.Item], name: str = "things.csv") -> Seconds:
    """The seconds of a walk, named for the table."""
    found = walk(name, content, items)
    stages = {f"ours, {stage}": found.seconds[stage] for stage in ("live items", *STAGES, "shown")}
    return stages | {"ours, read + check": found.read_and_check, "ours, bytes to plan": found.whole}


def _clean(rows: int, peers: dict[str, ModuleType], options: Options, result: Result) -> None:
    found = rounds(rows, 0.01, peers, options, result)
    result.figures += found.figures(f"CSV {rows:,} rows")

    def goal(number: str, name: str, to: str, must: float, want: float) -> None:
        if to in peers and found.has(name):
            samples = found.ratio(name, to)
            result.goals.append(
                Goal(number=number, what=f"{name[6:]} ÷ {to}, {rows:,} rows", samples=samples, must=must, want=want)
            )

    if rows in AGAINST_PYDANTIC:
        goal("1", "ours, read + check", "pydantic", *AGAINST_PYDANTIC[rows])
    if rows in WHOLE_WAY:
        goal("2", "ours, bytes to plan", "pydantic", *WHOLE_WAY[rows])
    if rows == 10_000:
        for peer in ("pandera_naive", "frictionless_rows", "import_export"):
            goal("3", "ours, read + check", peer, 0.3, 0.15)
    if rows == 100_000:
        goal("6", "ours, read + check", "bound", 8, 4)


def rounds(rows: int, bad: float, peers: dict[str, ModuleType], options: Options, result: Result) -> Rounds:
    """Ours and these peers taking turns on a sheet; ours is noted where it refuses the file."""
    made = sheets.make(rows, bad)
    content, items = made.csv, made.items
    del made
    contenders: dict[str, Contender] = {name: own_time(name, peer, content) for name, peer in peers.items()}
    try:
        Upload(name="things.csv", content=content).read()
        contenders["ours"] = functools.partial(ours, content, items)
    except UnreadableFile as refused:
        result.notes.append(f"CSV {rows:,} rows: ours not run. {refused}")
    return Rounds(contenders, options.runs)


def own_time(name: str, peer: ModuleType, content: bytes) -> Contender:
    """The time of a peer; one that runs in another process knows its own time better."""
    if hasattr(peer, "seconds"):
        return lambda: {name: peer.seconds(content)}
    return timed(name, lambda: peer.read(content))
