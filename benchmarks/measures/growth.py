"""How each stage grows with the rows, between and beyond the sizes of `csv`: double the rows, double the time."""

from benchmarks.measures.csv import found_peers, rounds
from benchmarks.timing import Options, Result

USUAL_ROWS = (2_000, 5_000, 20_000, 50_000, 200_000, 1_000_000)
PEERS = ("bound",)  # which is fast enough for the largest
FEW = 3


def measure(options: Options) -> Result:
    """All sizes; those that are refused are noted."""
    result = Result()
    few = Options(runs=min(options.runs, FEW), peers=PEERS)
    peers = found_peers(few, result)
    for rows in options.rows or USUAL_ROWS[: -1 if options.is_quick else None]:
        result.figures += rounds(rows, 0.01, peers, few, result).figures(f"CSV {rows:,} rows")
    return result
