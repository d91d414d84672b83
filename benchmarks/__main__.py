"""Measure and print: `python -m benchmarks`, or a part of it: `--only csv --rows 10000 --runs 3 --peers pydantic`."""

import argparse
import importlib
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks import chart, ours, table, timing
from benchmarks.timing import Options, Result

MEASURES = ("csv", "storm", "xlsx", "references", "memory", "cold", "load", "submit", "pages")


def parser() -> argparse.ArgumentParser:
    """The command line."""
    words = argparse.ArgumentParser(prog="python -m benchmarks", description="Figures beside peers, in one run.")
    words.add_argument("--only", nargs="+", choices=MEASURES, default=MEASURES, help="measure only these")
    words.add_argument("--rows", nargs="+", type=int, help="sheets of so many rows instead of the usual ones")
    words.add_argument("--peers", nargs="+", help="beside these peers only")
    words.add_argument("--runs", type=int, default=5, help="rounds that count")
    words.add_argument("--cpu", action="store_true", help="computing time instead of the clock on the wall")
    words.add_argument("--quick", action="store_true", help="leave out what takes minutes")
    words.add_argument("--out", type=Path, help="write .md, .json and .svg of this name too")
    return words


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the table."""
    given = parser().parse_args(arguments)
    if given.cpu:
        timing.use_cpu()
        ours.be_patient()
    options = Options(
        runs=given.runs,
        rows=tuple(given.rows) if given.rows else None,
        peers=tuple(given.peers) if given.peers else None,
        is_quick=given.quick,
    )
    results: dict[str, Result] = {}
    for name in given.only:
        results[name] = importlib.import_module(f"benchmarks.measures.{name}").measure(options)
        print(table.text({name: results[name]}), "\n", flush=True)
    if given.out:
        given.out.with_suffix(".md").write_text(table.markdown(results))
        told = table.as_json(results)
        given.out.with_suffix(".json").write_text(told)
        given.out.with_suffix(".svg").write_text(chart.chart(json.loads(told)))


if __name__ == "__main__":
    main()
