"""A short form of the campaign of damaged files; `python -m tests.stages.read.mutations` is the long one."""

from lib.stages.read import read_sheet
from tests.stages.read.mutations import files, run, sound_files


def test_the_sound_files_are_sound() -> None:
    assert all(read_sheet(name, content).row_count for name, content in sound_files().items())


def test_the_same_seed_makes_the_same_files() -> None:
    assert list(files(30, 5)) == list(files(30, 5))


def test_damaged_files_end_as_a_sheet_or_a_sentence() -> None:
    tally = run(40, 7)
    assert tally.others == []
    assert tally.outcomes["sheet"] and tally.outcomes["sentence"]
