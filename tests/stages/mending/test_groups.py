"""Groups of problems are counted by rows, and lead to them."""

from hypothesis import given
from hypothesis import strategies as st

from lib.model.problem import Problem, Severity
from lib.stages.mending.groups import groups, narrowed, rows_of, tally

PROBLEM = st.builds(
    Problem,
    kind=st.sampled_from(["Not a number", "Too long"]),
    expected=st.just(""),
    fix=st.just("Mend it."),
    severity=st.sampled_from([Severity.ERROR, Severity.WARNING]),
    column=st.sampled_from(["", "Price", "Note"]),
    rows=st.lists(st.integers(2, 6), unique=True, min_size=1, max_size=4),
)


@given(problems=st.lists(PROBLEM, max_size=6), column=st.sampled_from(["", "Price", "Note"]))
def test_a_count_is_how_many_rows_are_shown_for_it(problems: list[Problem], column: str) -> None:
    found = groups(problems)
    assert set(rows_of(narrowed(found))) == {row for problem in problems for row in problem.rows}
    inside = narrowed(found, columns=[column])
    for kind, count in tally(inside, lambda one: one.kind).items():
        rows = {row for one in problems if (one.column, one.kind) == (column, kind) for row in one.rows}
        assert set(rows_of(narrowed(found, [column], [kind]))) == rows
        assert count == len(rows)
    counts = list(tally(found, lambda one: one.column).values())
    assert counts == sorted(counts, reverse=True)
