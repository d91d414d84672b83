"""Mappings are kept by owner, collection and columns, come back as they were, and make room for later ones."""

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lib.journal import mappings, retention
from lib.journal.database import Database
from lib.journal.mappings import Owner
from lib.journal.tables import mapping
from lib.model.collection import FieldType
from lib.model.mapping import Blanks, ColumnMapping, Match, MatchedBy, ReadingChoices, Role
from lib.model.settled import Settle, Settled

ME = Owner("me", "posts")
PRICE = Match(
    column="Preis",
    field_slug="price",
    matched_by=MatchedBy.PERSON,
    blanks=Blanks.CLEAR,
    choices=ReadingChoices(decimal=",", accepts=frozenset({"x"})),
)
ID = Match(column="Item ID", role=Role.ITEM_ID, matched_by=MatchedBy.NAME)
MAPPING = ColumnMapping(matches=(ID, PRICE), key_column="Item ID", accepted_keys=(("Mug ", "1"),))
TYPES = {"price": FieldType.NUMBER}
SETTLED = (Settled(column="Finish", text="Mattt", settle=Settle.USE, instead="Matt"),)


def test_a_mapping_comes_back_as_it_was(journal: Database) -> None:
    mappings.save(journal, ME, "prices.csv", MAPPING, TYPES, SETTLED)
    (found,) = mappings.of(journal, ME)
    assert (found.name, found.mapping, found.types, found.settled) == ("prices.csv", MAPPING, TYPES, SETTLED)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(column=some.text(min_size=1), text=some.text(), instead=some.text())
def test_any_texts_are_kept(journal: Database, column: str, text: str, instead: str) -> None:
    matched = ColumnMapping(matches=(Match(column=column),))
    settled = (Settled(column=column, text=text, settle=Settle.USE, instead=instead),)
    mappings.save(journal, ME, text, matched, {}, settled)
    latest = mappings.of(journal, ME)[0]
    assert (latest.mapping, latest.settled) == (matched, settled)


def test_the_latest_for_the_same_columns_counts_and_keeps_its_name(journal: Database) -> None:
    mappings.save(journal, ME, "prices.csv", MAPPING, TYPES, SETTLED)
    (kept,) = mappings.of(journal, ME)
    mappings.rename(journal, ME, kept.id, " Monthly\n prices ")
    other_order = ColumnMapping(matches=(PRICE, ID))
    mappings.save(journal, ME, "prices-may.csv", other_order, TYPES, ())
    (found,) = mappings.of(journal, ME)
    assert (found.id, found.name, found.mapping, found.settled) == (kept.id, "Monthly prices", other_order, ())


@pytest.mark.parametrize("other", [Owner("you", "posts"), Owner("me", "products")])
def test_nobody_else_and_no_other_collection_hears_of_it(journal: Database, other: Owner) -> None:
    mappings.save(journal, ME, "prices.csv", MAPPING, TYPES, SETTLED)
    (kept,) = mappings.of(journal, ME)
    mappings.rename(journal, other, kept.id, "taken")
    mappings.forget(journal, other, kept.id)
    mappings.forget_columns(journal, other, MAPPING)
    assert mappings.of(journal, other) == ()
    assert mappings.of(journal, ME) == (kept,)


def test_it_can_be_forgotten_by_name_and_by_columns(journal: Database) -> None:
    only_price = ColumnMapping(matches=(PRICE,))
    mappings.save(journal, ME, "prices.csv", MAPPING, TYPES, SETTLED)
    mappings.save(journal, ME, "other.csv", only_price, TYPES, ())
    mappings.forget_columns(journal, ME, MAPPING)
    (left,) = mappings.of(journal, ME)
    assert left.mapping == only_price
    mappings.forget(journal, ME, left.id)
    assert mappings.of(journal, ME) == ()


def test_the_oldest_make_room(journal: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mappings, "MOST", 2)
    for number in range(3):
        mappings.save(journal, ME, str(number), ColumnMapping(matches=(Match(column=str(number)),)), {}, ())
        with journal.write() as connection:
            connection.execute(mapping.update().values(saved_at=mapping.c.saved_at - 60))
    assert [one.name for one in mappings.of(journal, ME)] == ["2", "1"]


def test_what_nobody_used_for_long_is_forgotten(journal: Database) -> None:
    mappings.save(journal, ME, "prices.csv", MAPPING, TYPES, SETTLED)
    with journal.write() as connection:
        connection.execute(mapping.update().values(saved_at=mapping.c.saved_at - 31 * 86_400))
    retention.purge(journal, 30)
    assert mappings.of(journal, ME) == ()


def test_what_another_version_wrote_is_passed_over(journal: Database) -> None:
    mappings.save(journal, ME, "prices.csv", MAPPING, TYPES, SETTLED)
    with journal.write() as connection:
        connection.execute(sa.update(mapping).values(body='[{"columns": 1}]'))
    assert mappings.of(journal, ME) == ()
