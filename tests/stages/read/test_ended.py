"""A reading that nobody waits for any more is ended, and the next file is read."""

from collections.abc import Callable

import pytest

from lib.errors import UnreadableFile
from lib.stages.read import read_sheet
from lib.stages.read.reader import READERS_AT_ONCE


def test_a_reading_that_is_ended_gives_its_turn_back() -> None:
    content = b"Name\n" + b"x\n" * 100_000

    def leave(end: Callable[[], None]) -> None:
        end()

    for _ in range(READERS_AT_ONCE + 1):
        with pytest.raises(UnreadableFile):
            read_sheet("names.csv", content, started=leave)
    waited: list[int] = []
    assert read_sheet("names.csv", content, waiting=waited.append).row_count == 100_000
    assert not waited
