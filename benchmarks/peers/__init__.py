"""The peers, one a file: each turns the bytes of a CSV file into items and errors, under the same rules.

A peer is a module with `NEEDS`, the packages it is made of, and `read(content) -> (items, errors)`.
"""

import importlib
import importlib.util
from types import ModuleType

NAMES = (
    "pydantic",
    "pandera_naive",
    "frictionless_rows",
    "import_export",
    "papaparse_zod",
    "spreadsheet_import",
    "bound",
)


def find(name: str) -> ModuleType | str:
    """The peer of this name; where it cannot run, the sentence that says what is missing."""
    peer = importlib.import_module(f"benchmarks.peers.{name}")
    missing = peer.missing() if hasattr(peer, "missing") else ""
    missing = missing or ", ".join(need for need in peer.NEEDS if importlib.util.find_spec(need) is None)
    return f"{name}: not run, {missing} is not installed" if missing else peer
