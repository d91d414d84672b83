"""What is said of a file, by the process that reads it too, is said in the language of whoever brought it."""

import pytest

from lib.errors import UnreadableFile
from lib.stages.read import read_sheet
from lib.words.language import Language, speaking
from tests.stages.read.forms import HEADER, row, text, xlsx

FAILED = xlsx(HEADER + row(2, text("A2", "a"), '<c r="B2" t="e"><v>#N/A</v></c>'))
GUESSED = "Name\nMüller\ngrün\n".encode("cp1252")


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"PK\x03\x04 and no more", "Diese Arbeitsmappe ist beschädigt"), (b"%PDF-1.7", "Dies ist ein PDF-Dokument")],
    ids=["damaged", "of another kind"],
)
def test_a_file_that_cannot_be_read_is_refused_in_the_language_of_who_brought_it(content: bytes, words: str) -> None:
    with speaking(Language.GERMAN), pytest.raises(UnreadableFile, match=words):
        read_sheet("a.xlsx", content)


@pytest.mark.parametrize(
    ("content", "kind", "fix"),
    [
        (FAILED, "Error in a cell", "Die Formel in dieser Zelle ist fehlgeschlagen"),
        (GUESSED, "Encoding guessed", "Westeuropäisch (Windows)"),
    ],
    ids=["of a cell", "of the file"],
)
def test_a_problem_is_told_in_it_and_keeps_its_name(content: bytes, kind: str, fix: str) -> None:
    with speaking(Language.GERMAN):
        (problem,) = read_sheet("a", content).problems
    assert problem.kind == kind
    assert fix in str(problem.fix)
