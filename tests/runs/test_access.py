"""Who may do what with a run."""

from datetime import UTC, datetime

import pytest

from lib.model.run import Run, RunKind
from lib.model.run_state import RunState
from lib.runs.service.next_steps import Access, access_to


def a_run(person: str, who: str = "") -> Run:
    return Run(
        id="an address",
        kind=RunKind.IMPORT,
        parent_id=None,
        state=RunState.RUNNING,
        person=person,
        is_demo=False,
        site_name="Tidepool Goods",
        collection_id="0" * 24,
        collection_name="Products",
        file_name="prices.csv",
        created_on=datetime.now(UTC),
        who=who,
    )


@pytest.mark.parametrize(
    ("run", "persons", "access"),
    [
        (a_run("ada's token"), {"ada's token"}, Access.EVERYTHING),
        (a_run("ada's token"), {"bob's token", "ada's token"}, Access.EVERYTHING),
        (a_run("ada's token"), {"bob's token"}, Access.HEADLINE),
        (a_run("ada's token"), set(), Access.HEADLINE),
        (a_run("ada signed in", who="ada"), {"ada signed in"}, Access.EVERYTHING),
        (a_run("ada signed in", who="ada"), {"ada's token", "bob signed in"}, Access.NOTHING),
        (a_run("ada signed in", who="ada"), set(), Access.NOTHING),
    ],
)
def test_a_run_is_for_its_person_and_its_address_tells_how_far_it_is(
    run: Run, persons: set[str], access: Access
) -> None:
    assert access_to(run, persons) is access
