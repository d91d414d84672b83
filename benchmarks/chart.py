"""The chart of a run, drawn from its JSON: how far each goal is, and how each stage grows with the rows."""

import math
import re
from collections import defaultdict
from html import escape
from typing import Any

WIDTH, LINE, LEFT, RIGHT = 900, 22, 430, 90
GROWTH_HEIGHT, MARGIN = 380, 60
GREEN, RED, GREY, INK = "#0b6e4f", "#b3261e", "#d9d5c8", "#0f1512"
COLOURS = ("#0b6e4f", "#2257a6", "#9a5b00", "#b3261e", "#6b4fa0", "#557755", "#888888")
GROWN = re.compile(r"CSV ([\d,]+) rows: (.+)")
DRAWN = ("ours, read", "ours, match", "ours, check", "ours, plan", "pydantic", "pandera_naive", "bound")


def chart(measures: dict[str, Any]) -> str:
    """The SVG of a run."""
    goals = [goal for one in measures.values() for goal in one["goals"] if goal["must"]]
    figures = [figure for one in measures.values() for figure in one["figures"]]
    goals.sort(key=lambda goal: int(goal["number"]))
    height = MARGIN + LINE * len(goals)
    parts = [_text(20, 28, "Each goal: measured ÷ what it must be (less is better; scale in powers of ten)", bold=True)]
    parts += _bars(goals)
    parts += [_text(20, height + 40, "Seconds by rows, both in powers of ten: even lines grow evenly", bold=True)]
    parts += _growth(figures, height + 60)
    machines = dict.fromkeys(one["machine"].split(", ", 1)[1] for one in measures.values())
    parts += [_text(20, height + GROWTH_HEIGHT + 100, "; ".join(machines))]
    size = f'width="{WIDTH}" height="{height + GROWTH_HEIGHT + 120}"'
    style = "font-family:system-ui,sans-serif;font-size:13px"
    body = "\n".join(parts)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} style="{style}">\n<rect {size} fill="#fcfbf8"/>'
    return f"{head}\n{body}\n</svg>\n"


def _bars(goals: list[dict[str, Any]]) -> list[str]:
    """A bar for each goal from a tenth of what it must be to a hundred times as much."""
    span = WIDTH - LEFT - RIGHT

    def place(ratio: float) -> float:
        return LEFT + span * (min(max(math.log10(max(ratio, 1e-9)), -1), 2) + 1) / 3

    parts = []
    for number, goal in enumerate(goals):
        y = MARGIN - 10 + number * LINE
        ratio = goal["median"] / goal["must"]
        colour = GREEN if ratio <= 1 else RED
        parts.append(_text(20, y + 13, f"{goal['number']:>2}  {goal['what'][:66]}"))
        parts.append(f'<rect x="{LEFT}" y="{y}" width="{place(ratio) - LEFT:.0f}" height="15" fill="{colour}"/>')
        parts.append(_text(place(ratio) + 6, y + 13, f"{goal['median']:.3g} {goal['unit']} (≤ {goal['must']:g})"))
    line = f'x1="{place(1):.0f}" x2="{place(1):.0f}" y1="{MARGIN - 16}" y2="{MARGIN - 10 + LINE * len(goals)}"'
    return [*parts, f'<line {line} stroke="{INK}"/>']


def _growth(figures: list[dict[str, Any]], top: int) -> list[str]:
    """A line for each stage and peer through its seconds at each size."""
    lines: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for figure in figures:
        found = GROWN.fullmatch(figure["what"])
        if found and found[2] in DRAWN and figure["median"] > 0:
            rows = int(found[1].replace(",", ""))
            lines[found[2]].append((math.log10(rows), math.log10(figure["median"])))
    points = [point for line in lines.values() for point in line]
    if not points:
        return []
    left, right = (pick(x for x, _ in points) for pick in (min, max))
    low, high = (pick(y for _, y in points) for pick in (min, max))

    def at(x: float, y: float) -> tuple[float, float]:
        across = (x - left) / (right - left or 1) * (WIDTH - 320)
        return 80 + across, top + GROWTH_HEIGHT * (high - y) / (high - low or 1)

    parts = []
    for power in range(math.ceil(low), math.floor(high) + 1):
        y = at(left, power)[1]
        parts.append(f'<line x1="80" x2="{WIDTH - 240}" y1="{y:.0f}" y2="{y:.0f}" stroke="{GREY}"/>')
        parts.append(_text(20, y + 4, f"{10**power:g} s"))
    for x in sorted({x for x, _ in points}):
        parts.append(_text(at(x, low)[0] - 20, top + GROWTH_HEIGHT + 20, f"{10**x:,.0f}"))
    labels = sorted(lines, key=lambda name: -max(lines[name])[1])
    for number, name in enumerate(labels):
        colour = COLOURS[number % len(COLOURS)]
        path = " ".join(f"{x:.0f},{y:.0f}" for x, y in (at(*point) for point in sorted(lines[name])))
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(_text(WIDTH - 220, top + 20 + number * LINE, name, colour))
    return parts


def _text(x: float, y: float, words: str, colour: str = INK, *, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}"{weight} xml:space="preserve">{escape(words)}</text>'
