"""What Webflow made of a value is remembered as long as the runs are, and without the value."""

from collections.abc import Iterable

import pytest
import sqlalchemy as sa

from lib.journal import batches, retention, stored_forms
from lib.journal.claims import Claim, LostRun, claim
from lib.journal.database import Database
from lib.journal.specs import create
from lib.journal.tables import stored_form
from lib.model.stored_form import StoredForm, digest
from lib.stages.batch import batched
from tests.builders import an_id
from tests.journal.test_journal import an_order, outcome

PLACE = (an_id(2), "")


def a_form(sent: object = "Ada@Example.com", stored: object = "ada@example.com", slug: str = "email") -> StoredForm:
    return StoredForm(place=PLACE, field_slug=slug, sent=digest(sent), stored=digest(stored))


def a_run(db: Database, key: str = "k", lock_key: str = "c") -> Claim:
    spec = an_order(1)
    run_id = create(db, spec, batched(spec.plan.changes, spec.collection), key=key, person="me", lock_key=lock_key)
    mine = claim(db, run_id, "me", 60)
    assert mine is not None
    return mine


def keep(db: Database, mine: Claim, forms: Iterable[StoredForm]) -> None:
    (work,) = batches.unfinished(db, mine.run_id)
    batches.keep(db, mine, work, [outcome(2)], forms=forms)


def test_forms_are_remembered_with_the_outcomes_they_belong_to(journal: Database) -> None:
    keep(journal, a_run(journal), [a_form()])
    assert stored_forms.remembered(journal, "c") == {PLACE: {"email": a_form()}}


def test_the_latest_form_counts(journal: Database) -> None:
    keep(journal, a_run(journal), [a_form(), a_form(slug="link")])
    with journal.write() as connection:
        stored_forms.write(connection, connection.scalar(sa.text("select id from run")), [a_form("b", "B")])
    assert stored_forms.remembered(journal, "c")[PLACE] == {"email": a_form("b", "B"), "link": a_form(slug="link")}


def test_nobody_else_hears_of_them(journal: Database) -> None:
    keep(journal, a_run(journal), [a_form()])
    assert stored_forms.remembered(journal, "another") == {}


def test_who_lost_the_run_remembers_nothing(journal: Database) -> None:
    mine = a_run(journal)
    with pytest.raises(LostRun):
        keep(journal, Claim(mine.run_id, mine.fence - 1), [a_form()])
    assert stored_forms.remembered(journal, "c") == {}


def test_they_are_forgotten_with_old_runs(journal: Database) -> None:
    keep(journal, a_run(journal), [a_form()])
    with journal.write() as connection:
        connection.execute(stored_form.update().values(seen_at=stored_form.c.seen_at - 31 * 86_400))
    retention.purge(journal, 30)
    assert stored_forms.remembered(journal, "c") == {}


def test_no_value_is_written_down(journal: Database) -> None:
    keep(journal, a_run(journal), [a_form("a secret", "A SECRET")])
    with journal.read() as connection:
        assert "secret" not in str(connection.execute(sa.select(stored_form)).all()).lower()


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ({"url": "https://a.b/c.jpg"}, {"fileId": "1", "url": "https://a.b/c.jpg", "alt": "x"}, True),
        ([{"url": "https://a.b/c.jpg"}], [{"url": "https://a.b/d.jpg"}], False),
        ("https://a.b/c.jpg", {"url": "https://a.b/c.jpg", "metadata": {}}, True),
        ({"b": 1, "a": 2}, {"a": 2, "b": 1}, True),
        ("1", 1, False),
        (None, "", False),
    ],
)
def test_files_have_the_form_of_their_address_and_all_else_its_own(one: object, other: object, is_same: bool) -> None:
    assert (digest(one) == digest(other)) is is_same
