"""A whole process from its start to its end, imports included: ours and the peers on the same file."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import sheets
from benchmarks.timing import Contender, Options, Result, Rounds, Seconds

USUAL_ROWS = (10_000,)
PEERS = ("pydantic", "pandera_naive")
OURS = "from benchmarks import ours, sheets; ours.walk('things.csv', content, sheets.make({rows}).items)"
THEIRS = "from benchmarks.peers import {peer}; {peer}.read(content)"
MAKING = "from benchmarks import sheets; sheets.make({rows}).items"


def measure(options: Options) -> Result:
    """Each size; `making` is what ours needs for the live items, which come from elsewhere in life."""
    result = Result()
    for rows in options.rows or USUAL_ROWS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "things.csv"
            path.write_bytes(sheets.make(rows).csv)
            code = {"ours": OURS, "making": MAKING, **dict.fromkeys(options.peers or PEERS, THEIRS)}
            contenders = {n: _process(n, c.format(rows=rows, peer=n), path) for n, c in code.items()}
            result.figures += Rounds(contenders, options.runs).figures(f"cold process, {rows:,} rows")
    return result


def _process(name: str, code: str, path: Path) -> Contender:
    def run() -> Seconds:
        began = time.perf_counter()
        program = f"content = open({str(path)!r}, 'rb').read()\n{code}"
        subprocess.run([sys.executable, "-c", program], check=True)
        return {name: time.perf_counter() - began}

    return run
