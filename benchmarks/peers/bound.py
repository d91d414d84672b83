"""The bound: one pass of C++ over the bytes, compiled on the spot, that makes the same items and errors as JSON."""

import atexit
import functools
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from benchmarks.rules import LOOKUPS, Errors, Item
from benchmarks.sheets import COLUMNS
from benchmarks.timing import is_wall

NEEDS = ()
SOURCE = Path(__file__).with_suffix(".cpp")


def missing() -> str:
    """What it lacks here."""
    return "" if shutil.which("g++") else "g++"


def read(content: bytes) -> tuple[list[Item], Errors]:
    """Items and errors."""
    made, _, errors = _run(content, "tell").partition("\n\n")
    items = [item for line in made.splitlines() for item in json.loads(line)["items"]]
    return items, [(int(row), COLUMNS[int(column)]) for row, column in (line.split() for line in errors.splitlines())]


def seconds(content: bytes) -> float:
    """What one pass takes, by its own clock: neither its start nor the reading of the file."""
    wall, cpu, _ = _run(content).split()
    return float(wall if is_wall() else cpu)


def _run(content: bytes, *words: str) -> str:
    program, lookups = _built()
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(content)
        file.flush()
        done = subprocess.run([program, file.name, lookups, *words], capture_output=True, check=True, text=True)
    return done.stdout


@functools.cache
def _built() -> tuple[Path, Path]:
    """The program, and the table of what options and references mean."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    subprocess.run(["g++", "-O3", "-march=native", "-std=c++17", SOURCE, "-o", folder / "bound"], check=True)
    lines = [
        f"{COLUMNS.index(column)}\t{key}\t{value}\n" for column, all_ in LOOKUPS.items() for key, value in all_.items()
    ]
    (folder / "lookups").write_text("".join(lines))
    return folder / "bound", folder / "lookups"
