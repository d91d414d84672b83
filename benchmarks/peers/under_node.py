"""Peers that run under node: the scripts in `node/`, each in a process of its own that times itself."""

import functools
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from benchmarks import rules
from benchmarks.rules import Errors, Item
from benchmarks.sheets import COLUMNS, REQUIRED
from benchmarks.timing import is_wall

FOLDER = Path(__file__).parent / "node"


def missing() -> str:
    """What they lack here."""
    if not shutil.which("node"):
        return "node"
    return "" if (FOLDER / "node_modules").exists() else f"what `npm install` puts into {FOLDER.name}/node_modules"


def read(script: str, content: bytes) -> tuple[list[Item], Errors]:
    """Items and errors."""
    items, errors = json.loads(_run(script, content, "tell"))
    return items, [(row, column) for row, column in errors]


def seconds(script: str, content: bytes) -> float:
    """What reading takes when the code is warm, by node's own clock."""
    wall, cpu = _run(script, content).split()
    return float(wall if is_wall() else cpu)


def _run(script: str, content: bytes, *words: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file, told = Path(folder) / "things.csv", Path(folder) / "rules.json"
        file.write_bytes(content)
        told.write_text(_rules())
        words = ("node", "--max-old-space-size=4096", str(FOLDER / f"{script}.mjs"), str(file), str(told), *words)
        return subprocess.run(words, capture_output=True, check=True, text=True).stdout


@functools.cache
def _rules() -> str:
    return json.dumps(
        {
            "columns": COLUMNS,
            "required": list(REQUIRED),
            "patterns": rules.PATTERNS,
            "lookups": rules.LOOKUPS,
            "slugs": rules.SLUGS,
        }
    )
