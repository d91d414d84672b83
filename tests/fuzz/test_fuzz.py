"""What is fuzzed goes over its own seeds, with atheris or without, so that it is there when somebody fuzzes."""

import random
import subprocess
import sys
from types import ModuleType

import pytest

from lib.errors import UnreadableFile
from lib.stages.read.child import read
from lib.stages.read.request import Request
from tests.fuzz import columns, readers


def flipped(data: bytes, most: int) -> bytes:
    chance = random.Random(len(data))
    at = chance.randrange(len(data) + 1)
    return (data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :])[:most]


@pytest.mark.parametrize("target", [readers, columns], ids=["readers", "columns"])
def test_seeds_and_what_becomes_of_them_raise_nothing(target: ModuleType) -> None:
    seeds = target.seeds()
    for data in (*seeds, *(target.mutated(seed, target.MOST_BYTES, len(seed), flipped) for seed in seeds[::5])):
        target.run(data)


def test_an_error_that_is_no_sentence_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbling(request: Request, content: bytes) -> None:
        raise ValueError("negative seek")

    monkeypatch.setattr(readers, "read", stumbling)
    with pytest.raises(ValueError, match="negative seek"):
        readers.run(b"Name,Value\na,b\n")


def test_workbooks_stay_workbooks_when_they_are_changed() -> None:
    seed = next(seed for seed in readers.seeds() if seed.startswith(b"PK"))
    outcomes = set()
    for number in range(60):
        changed = readers.mutated(seed, readers.MOST_BYTES, number, flipped)
        try:
            outcomes.add(len(read(Request(file_name="a"), changed).cells))
        except UnreadableFile:
            outcomes.add("sentence")
    assert len(outcomes) > 1 and outcomes != {"sentence"}


def test_readers_are_fuzzed_without_pandas_as_they_read() -> None:
    code = "import sys, tests.fuzz.readers; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
