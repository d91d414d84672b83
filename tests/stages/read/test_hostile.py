"""No file hurts: it becomes a sheet or a sentence, in bounded time and memory, and nobody else feels it."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from lib.errors import UnreadableFile
from lib.model.problem import Severity
from lib.stages.read import read_sheet, reader
from lib.stages.read.turns import Turns
from tests.stages.read.forms import (
    HEADER,
    archive,
    ods,
    ods_cell,
    row,
    shared_texts,
    text,
    xlsx,
    xlsx_parts,
)

ROOT = Path(__file__).parents[3]
MERGED = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
REPEATED_ROWS, REPEATED_CELLS = 'table:number-rows-repeated="900000"', 'table:number-columns-repeated="900"'
ENDLESS = "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (0, 9))\nwhile True: pass"
GOOD = HEADER + row(2, text("A2", "a"), text("B2", "b"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (xlsx(HEADER + row(1048576, text("XFD1048576", "x"))), "reaches to cell XFD1048576"),
        (xlsx(HEADER + row(150000, text("SF200000", "x"))), "reaches to cell SF200000"),
        (xlsx(HEADER + row(250000, text("A250000", "x"))), "250,000 rows"),
        (xlsx(HEADER + row(2, text("ALL2", "x"))), "1,000 columns"),
        (xlsx(HEADER + row(15000, text("GS15000", "x"))), "3,015,000 cells"),
        (xlsx(GOOD, shared=shared_texts("a", claim='uniqueCount="4294967295"')), "claims to hold 4,294,967,295"),
        (
            xlsx(
                HEADER + "".join(row(n, f'<c r="A{n}" t="s"><v>0</v></c>') for n in range(2, 1002)),
                shared=shared_texts("x" * 1_000_000),
            ),
            "more than 100 MB of text",
        ),
        (
            xlsx(
                HEADER + row(60000, text("C60000", "x")),
                behind='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            ),
            "Merged cells cover 180,000 cells",
        ),
        (xlsx(GOOD + "<row"), "not well-formed"),
        (xlsx(GOOD + row(3, '<c r="§§"><v>1</v></c>')), "damaged"),
        (archive({**xlsx_parts(GOOD), "xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "document type"),
        (
            ods(f'<table:table-row table:number-rows-repeated="900000">{ods_cell("x", repeated)}</table:table-row>')
            if (repeated := 'table:number-columns-repeated="900"')
            else b"",
            "more than 500 columns",
        ),
    ],
    ids=[
        "furthest",
        "far",
        "rows",
        "columns",
        "cells",
        "claim",
        "texts",
        "merge",
        "cut",
        "address",
        "entity",
        "repeated",
    ],
)
def test_what_would_take_too_much_is_told_before_it_is_taken(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as error:
        read_sheet("a.xlsx", content)
    assert 20 < len(str(error.value)) < 400


@pytest.mark.parametrize("value", ["-1e300", "1e300", "NaN", "1e400", "-1e400", "abc", ""])
@pytest.mark.parametrize("style", ["", 's="1"', 's="2"'], ids=["number", "day", "duration"])
def test_a_value_that_is_none_never_ends_the_file(value: str, style: str) -> None:
    cell = f'<c r="B2" {style}><v>{value}</v></c>'
    rows = HEADER + row(2, text("A2", "a"), cell) + row(3, text("A3", "b"), text("B3", "c"))
    sheet = read_sheet("a.xlsx", xlsx(rows))
    assert list(sheet.frame.loc[3]) == ["b", "c"]


def test_a_row_that_cannot_be_had_is_held() -> None:
    rows = HEADER + row(2, text("A2", "a"), '<c r="B2" s="1"><v>-1e300</v></c>')
    (problem,) = read_sheet("a.xlsx", xlsx(rows)).problems
    assert (problem.kind, problem.severity, problem.rows) == ("Row cannot be read", Severity.ERROR, (2,))


def test_a_number_without_end_is_an_error_on_its_cell() -> None:
    rows = HEADER + row(2, text("A2", "a"), '<c r="B2"><v>1e400</v></c>')
    (problem,) = read_sheet("a.xlsx", xlsx(rows)).problems
    assert (problem.kind, problem.column, problem.rows) == ("Not a number", "Value", (2,))


def test_long_blanks_and_comments_cost_nothing() -> None:
    cell = f'<c r="B2"><f>1</f>{" " * 400_000}</c><!-- {"t=&quot;e&quot; " * 30_000} -->'
    sheet = read_sheet("a.xlsx", xlsx(HEADER + row(2, text("A2", "a"), cell)))  # or the reader's seconds would end it
    assert [f.kind for f in sheet.problems] == ["Formula without a result"]


def test_blank_cells_far_away_count_for_nothing() -> None:
    far = row(1048576, '<c r="XFD1048576" s="1"/>')
    assert read_sheet("a.xlsx", xlsx(GOOD + far)).row_count == 1


def test_formulas_that_show_nothing_may_go_on_below() -> None:
    below = "".join(row(n, f'<c r="B{n}" t="str"><f>""</f><v></v></c>') for n in range(3, 210_000))
    sheet = read_sheet("a.xlsx", xlsx(GOOD + below))
    assert (sheet.row_count, sheet.problems) == (1, ())


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import os; os.abort()", "broke down on it"),
        ("import os; os._exit(77)", "more memory than 600 MB"),
        ("print('nonsense' * 1000)", "makes no sense"),
        ("import sys; sys.stdout.buffer.write(b'R' + b'\\xff' * 4)", "makes no sense"),
        (ENDLESS, "longer than 10 seconds"),
        ("", "broke down on it"),
    ],
    ids=["abort", "memory", "nonsense", "too much", "computing", "nothing"],
)
def test_a_reader_that_dies_is_named(code: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "COMMAND", (sys.executable, "-c", code))
    with pytest.raises(UnreadableFile, match=words):
        read_sheet("a.csv", b"A\n" * 5_000_000)


def test_a_reader_that_falls_silent_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "COMMAND", (sys.executable, "-c", "import threading; threading.Event().wait()"))
    monkeypatch.setattr(reader, "PATIENCE_SECONDS", 1.0)
    with pytest.raises(UnreadableFile, match="longer than 1 seconds"):
        read_sheet("a.csv", b"A\n" * 5_000_000)


def test_the_reader_gets_no_secret_and_what_it_needs_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBFLOW_TOKEN", "secret")
    assert "secret" not in reader._environment().values()
    unused = "{'pandas', 'streamlit', 'requests', 'babel'}"
    code = f"import sys, lib.stages.read.child; sys.exit(bool({unused} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], env=reader._environment(), cwd=ROOT).returncode == 0


def test_who_comes_late_waits_and_is_told() -> None:
    turns, told, gate = Turns(1, 5), [], threading.Event()

    def wait() -> None:
        with turns.turn(lambda ahead: (told.append(ahead), gate.set())):
            told.append("read")

    with turns.turn(told.append):
        second = threading.Thread(target=wait)
        second.start()
        assert gate.wait(5) and told[0] == 0
    second.join(5)
    assert told[-1] == "read"


def test_who_leaves_the_line_makes_room() -> None:
    def leave(ahead: int) -> None:
        raise InterruptedError

    turns = Turns(1, 5)
    with turns.turn(leave), pytest.raises(InterruptedError), turns.turn(leave):
        pass
    with turns.turn(leave):
        pass
