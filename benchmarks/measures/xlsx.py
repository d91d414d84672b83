"""A workbook, from its bytes to the plan, beside pandas' usual reader with naive pandera."""

import functools
import io

from benchmarks import sheets
from benchmarks.measures.csv import ours
from benchmarks.peers import find, pandera_naive
from benchmarks.timing import Contender, Goal, Options, Result, Rounds, timed

USUAL_ROWS = (10_000, 100_000)
GOAL_ROWS = 100_000
PEER = "pandas, pandera_naive"


def measure(options: Options) -> Result:
    """Each size, with the goal at the largest."""
    result = Result()
    for rows in options.rows or USUAL_ROWS:
        made = sheets.make(rows)
        content, items = made.xlsx, made.items
        del made
        contenders: dict[str, Contender] = {"ours": functools.partial(ours, content, items, "things.xlsx")}
        missing = find("pandera_naive") if find_reader() else "openpyxl is not installed"
        if isinstance(missing, str):
            result.notes.append(f"{PEER}: not run, {missing}")
        elif options.peers is None or "pandera_naive" in options.peers:
            contenders[PEER] = timed(PEER, functools.partial(_usual, content))
        found = Rounds(contenders, min(options.runs, 2) if options.is_quick else options.runs)
        result.figures += found.figures(f"XLSX {rows:,} rows")
        if PEER in contenders and rows == GOAL_ROWS:
            samples = found.ratio("ours, bytes to plan", PEER)
            what = f"XLSX → plan ÷ (pandas' reader + pandera_naive), {rows:,} rows"
            result.goals.append(Goal(number="5", what=what, samples=samples, must=0.2, want=0.11))
    return result


def find_reader() -> bool:
    """Whether pandas has its usual reader of workbooks."""
    from importlib.util import find_spec

    return find_spec("openpyxl") is not None


def _usual(content: bytes) -> None:
    import pandas as pd

    pandera_naive.from_frame(pd.read_excel(io.BytesIO(content), dtype=str, keep_default_na=False))
