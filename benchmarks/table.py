"""The table of a run: as text, as Markdown, and for programs."""

import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from benchmarks.timing import Figure, Goal, Result


def text(results: Mapping[str, Result]) -> str:
    """The goals, the figures and the notes, for a terminal."""
    lines = [
        f"{_number(goal):>9}  {_spread(goal):>17}  {_mark(goal)}  {goal.number:>2} {goal.what}"
        for goal in _goals(results)
    ]
    for name, result in results.items():
        lines += ["", f"{name}:"]
        lines += [f"{_number(figure):>11}  {_spread(figure):>17}  {figure.what}" for figure in result.figures]
        lines += [f"  {note}" for note in result.notes]
    return "\n".join(lines)


def told(results: Mapping[str, Result]) -> dict[str, Any]:
    """The same for programs, with every sample; every measure says where and when it was taken."""
    return {name: {"machine": _machine()} | _plain(one) for name, one in results.items()}


def markdown(measures: Mapping[str, Any]) -> str:
    """What `told` makes, for a document."""
    lines = ["| # | what | median | spread | must | want |", "|---|---|---:|---|---:|---:|"]
    goals = [goal for one in measures.values() for goal in one["goals"]]
    for goal in sorted(goals, key=lambda goal: int(goal["number"])):
        limits = f"{goal['must']:g} | {'' if goal['want'] is None else format(goal['want'], 'g')}"
        lines.append(f"| {goal['number']} | {goal['what']} | {_cells(goal)} | {limits} |")
    for name, one in measures.items():
        lines += ["", f"### {name}", "", one["machine"], "", "| what | median | spread |", "|---|---:|---|"]
        lines += [f"| {figure['what']} | {_cells(figure)} |" for figure in one["figures"]]
        lines += ["", *(f"- {note}" for note in one["notes"])]
    return "\n".join(lines) + "\n"


def _cells(one: Mapping[str, Any]) -> str:
    figure = Figure(what=one["what"], samples=tuple(one["samples"]), unit=one["unit"])
    return f"{_number(figure)} | {_spread(figure)}"


def _plain(result: Result) -> dict[str, Any]:
    def figure(one: Figure) -> dict[str, Any]:
        return {"what": one.what, "unit": one.unit, "median": one.middle, "samples": one.samples}

    goals = [figure(one) | {"number": one.number, "must": one.must, "want": one.want} for one in result.goals]
    return {"goals": goals, "figures": [figure(one) for one in result.figures], "notes": result.notes}


def _goals(results: Mapping[str, Result]) -> list[Goal]:
    return sorted((goal for one in results.values() for goal in one.goals), key=lambda goal: int(goal.number))


def _machine() -> str:
    python = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}"
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {python}"


def _number(figure: Figure) -> str:
    return f"{_short(figure.middle)} {figure.unit}"


def _spread(figure: Figure) -> str:
    return f"{_short(min(figure.samples))} – {_short(max(figure.samples))}" if len(figure.samples) > 1 else ""


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _mark(goal: Goal) -> str:
    return "met   " if goal.is_met else "missed"
