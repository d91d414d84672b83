"""Every result of today: problems with their addresses, decisions on rows, changes and what is sent for them.

To change one on purpose: `python -m tests.golden.pin`, and say in the commit what changed and why.
"""

import difflib

import pytest

from tests.golden.result import FOLDER, digest, kept, lines_of
from tests.golden.scenes import SCENES

MOST_SHOWN = 40


@pytest.mark.parametrize("name", SCENES)
def test_an_import_comes_out_as_it_always_did(name: str) -> None:
    expected, found = kept(name), lines_of(SCENES[name]())
    if digest(found) != digest(expected):
        differing = [
            line for line in difflib.unified_diff(expected, found, "pinned", "now", n=0, lineterm="") if line[0] in "+-"
        ]
        shown = "\n".join(line[:400] for line in differing[:MOST_SHOWN])
        pytest.fail(f"{name}: {len(differing)} lines differ, such as\n{shown}", pytrace=False)


def test_every_result_belongs_to_a_scene() -> None:
    assert {path.name.removesuffix(".jsonl.xz") for path in FOLDER.iterdir()} == set(SCENES)
