"""Find and replace changes what was looked for and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import FlowsheetError
from lib.stages.mending.replacing import Replacement, replaced
from tests.builders import a_sheet

FRAME = a_sheet({"A": ["red oak", "Red", "a.b", ""], "B": ["oak", " red ", "aXb", "reddish"]}).frame


@pytest.mark.parametrize(
    ("asked", "columns", "becomes"),
    [
        (Replacement(find="red", instead="blue"), "A", {"A": {2: "blue oak", 3: "blue"}}),
        (Replacement(find="red", instead="blue", same_case=True), "A", {"A": {2: "blue oak"}}),
        (Replacement(find="red", instead="blue", whole_cells=True), "AB", {"A": {3: "blue"}, "B": {3: "blue"}}),
        (Replacement(find="a.b", instead=r"\1"), "AB", {"A": {4: r"\1"}}),
        (Replacement(find="oak", instead=""), "AB", {"A": {2: "red "}, "B": {2: ""}}),
        (Replacement(find="oak", instead="oak"), "AB", {}),
        (Replacement(find="", instead="x"), "AB", {}),
        (Replacement(find="elm", instead="x"), "AB", {}),
    ],
)
def test_a_text_is_replaced_where_it_stands(
    asked: Replacement, columns: str, becomes: dict[str, dict[int, str]]
) -> None:
    assert replaced(FRAME, columns, asked) == becomes


@pytest.mark.parametrize(("instead", "is_too_much"), [("x" * 10_000, False), ("x" * 40_000_000, True)])
def test_more_text_than_a_file_may_hold_is_refused_before_it_is_made(instead: str, is_too_much: bool) -> None:
    asked = Replacement(find="red", instead=instead)
    if is_too_much:
        with pytest.raises(FlowsheetError, match="more than 100 MB of new text"):
            replaced(FRAME, "AB", asked)
    else:
        assert sum(map(len, replaced(FRAME, "AB", asked).values())) == 4


@given(
    find=st.text(min_size=1, max_size=3), instead=st.text(max_size=3), cells=st.lists(st.text(max_size=8), min_size=1)
)
def test_what_was_looked_for_as_it_is_written_is_replaced_as_python_does(
    find: str, instead: str, cells: list[str]
) -> None:
    frame = a_sheet({"A": cells}).frame
    texts = replaced(frame, ["A"], Replacement(find=find, instead=instead, same_case=True)).get("A", {})
    assert [texts.get(row, text) for row, text in frame["A"].items()] == [cell.replace(find, instead) for cell in cells]
