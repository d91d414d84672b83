"""What the process of a reader answers is foreign: columns, a reason, or nothing that anybody believes."""

import json
from io import BytesIO

import numpy as np
import pytest

from lib.errors import UnreadableFile
from lib.model.sheet import Source
from lib.stages.read import wire
from lib.stages.read.columns import in_columns
from lib.stages.read.grid import Grid, UnreadableTab

GRID = Grid(source=Source(file_name="a.csv", tabs=("Tab", "Zoë"), tab="Tab"), rows=[["Name", "Wert"], ["é", ""], []])
EMPTY = wire.frame_of(b"W", b"")


def told(content: bytes) -> object:
    return wire.load(BytesIO(content).read)


def whole(head: object) -> bytes:
    return EMPTY + wire.frame_of(b"G", json.dumps(head).encode())


def test_what_is_handed_over_arrives_as_it_was() -> None:
    sent = in_columns(GRID)
    got = wire.load(BytesIO(b"".join(wire.dump(sent))).read)
    assert (got.source, got.cells, list(got.widths)) == (sent.source, sent.cells, [2, 2, 0])


def test_a_reason_arrives_with_the_other_tabs() -> None:
    with pytest.raises(UnreadableTab, match=r"^Why$") as error:
        told(wire.refusal("Why", GRID.source))
    assert error.value.source == GRID.source


@pytest.mark.parametrize(
    "answer",
    [
        wire.frame_of(b"X", b""),
        wire.frame_of(b"W", np.zeros(300_000, "<u2").tobytes()),
        wire.frame_of(b"W", b"\1\0") + wire.frame_of(b"C", b"\xff\xff\xff\xff"),
        wire.frame_of(b"W", b"\1\0") + wire.frame_of(b"C", b"\1\0\0\0\xff"),
        wire.frame_of(b"P", b"1\xff2\xff"),
        wire.frame_of(b"U", b"[" * 100_000),
        wire.frame_of(b"G", b"[" * 100_000),
        wire.frame_of(b"U", b'{"message": 1, "source": null}'),
        wire.frame_of(b"U", rb'{"message": "\ud800", "source": null}'),
        whole([]),
        whole({"kinds": [["a", "b", "c", "none"]], "notes": [], "source": {}}),
        whole({"kinds": [], "notes": [], "source": {"file_name": 1}}),
        whole({"kinds": [], "notes": [], "source": {"file_name": "a", "reading": "x"}}),
    ],
    ids=range(13),
)
def test_an_answer_that_makes_no_sense_is_a_value_error(answer: bytes) -> None:
    with pytest.raises(ValueError):
        told(answer)


def test_a_reason_is_an_unreadable_file_and_one_that_breaks_off_has_ended_early() -> None:
    with pytest.raises(UnreadableFile, match=r"^Why$"):
        told(wire.refusal("Why"))
    with pytest.raises(EOFError):
        told(wire.refusal("Why")[:-1])
