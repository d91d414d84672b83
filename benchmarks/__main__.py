"""Measure and print: `python -m benchmarks`, or a part of it: `--only csv --rows 10000 --runs 3 --peers pydantic`."""

import argparse
import importlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import chart, ours, table, timing
from benchmarks.timing import Options
from lib.garbage import collect_rarely

MEASURES = ("csv", "growth", "storm", "xlsx", "references", "memory", "cold", "load", "submit", "pages")


def parser() -> argparse.ArgumentParser:
    """The command line."""
    words = argparse.ArgumentParser(prog="python -m benchmarks", description="Figures beside peers, in one run.")
    words.add_argument("--only", nargs="+", choices=MEASURES, default=MEASURES, help="measure only these")
    words.add_argument("--rows", nargs="+", type=int, help="sheets of so many rows instead of the usual ones")
    words.add_argument("--peers", nargs="+", help="beside these peers only")
    words.add_argument("--runs", type=int, default=5, help="rounds that count")
    words.add_argument("--cpu", action="store_true", help="computing time instead of the clock on the wall")
    words.add_argument("--quick", action="store_true", help="leave out what takes minutes")
    words.add_argument("--out", type=Path, help="keep .md, .json and .svg of this name too")
    return words


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the table."""
    given = parser().parse_args(arguments)
    collect_rarely()  # as app.py does
    if given.cpu:
        timing.use_cpu()
        ours.be_patient()
    options = Options(
        runs=given.runs,
        rows=tuple(given.rows) if given.rows else None,
        peers=tuple(given.peers) if given.peers else None,
        is_quick=given.quick,
    )
    for name in given.only:
        found = {name: importlib.import_module(f"benchmarks.measures.{name}").measure(options)}
        print(table.text(found), "\n", flush=True)
        if given.out:
            keep(table.told(found), given.out)


def keep(measures: dict[str, Any], out: Path) -> None:
    """Write these measures beside those that were taken before."""
    path = out.with_suffix(".json")
    known = json.loads(path.read_text()) if path.exists() else {}
    ordered = {name: one for name in MEASURES if (one := measures.get(name) or known.get(name))}
    path.write_text(json.dumps(ordered, indent=1) + "\n")
    out.with_suffix(".md").write_text(table.markdown(ordered))
    out.with_suffix(".svg").write_text(chart.chart(ordered))


if __name__ == "__main__":
    main()
