"""A sheet in which nearly every row is wrong: ours beside pydantic."""

from benchmarks.measures.csv import found_peers, rounds
from benchmarks.timing import Goal, Options, Result

GOAL_ROWS = 100_000
BAD = 0.3


def measure(options: Options) -> Result:
    """Each size."""
    result = Result()
    peers = {name: peer for name, peer in found_peers(options, result).items() if name == "pydantic"}
    for rows in options.rows or (GOAL_ROWS,):
        found = rounds(rows, BAD, peers, options, result)
        result.figures += found.figures(f"CSV {rows:,} rows, {BAD:.0%} bad")
        if rows == GOAL_ROWS and peers and found.has("ours, read + check"):
            samples = found.ratio("ours, read + check", "pydantic")
            what = f"read + check ÷ pydantic, {rows:,} rows, {BAD:.0%} bad"
            result.goals.append(Goal(number="4", what=what, samples=samples, must=0.6, want=0.3))
    return result
