"""Drafts come back as they were kept, to their owner alone, and are bounded in number, size and age."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lib.journal import drafts
from lib.journal.database import Database
from lib.journal.tables import draft
from lib.model.collection import FieldType
from lib.model.draft import Draft, Work
from lib.model.edits import Edit, Edits
from lib.model.mapping import Blanks, ColumnMapping, Match, MatchedBy, ReadingChoices, Role
from lib.model.plan import LeaveOut, SendChoices, StatusChoice
from lib.model.settled import Settle, Settled

ABOUT = Draft(
    id="d1",
    site_id="s",
    site_name="Shop",
    collection_id="c",
    collection_name="Posts",
    file_name="prices.csv",
    rows=3,
    step="Check",
    is_demo=False,
    saved_on=datetime(2026, 1, 1, tzinfo=UTC),
)
FILE = b"Slug;Price\nmug;1\n"
TEXTS = some.text(max_size=20)
ROWS = some.integers(1, 200_000)
SETTLED = some.builds(Settled, column=TEXTS, text=TEXTS, settle=some.sampled_from(Settle), instead=TEXTS)
EDIT = some.builds(
    Edit,
    what=TEXTS,
    texts=some.dictionaries(TEXTS, some.dictionaries(ROWS, TEXTS, max_size=3), max_size=2),
    kept=some.dictionaries(TEXTS, some.frozensets(ROWS, max_size=3), max_size=2),
    left_out=some.frozensets(ROWS, max_size=3),
    settled=some.none() | SETTLED,
)
EDITS = some.builds(Edits, done=some.lists(EDIT, max_size=3).map(tuple), undone=some.lists(EDIT, max_size=2).map(tuple))
MAPPING = ColumnMapping(
    matches=(
        Match(column="Item ID", role=Role.ITEM_ID, matched_by=MatchedBy.NAME),
        Match(
            column="Preis",
            field_slug="price",
            matched_by=MatchedBy.PERSON,
            blanks=Blanks.CLEAR,
            choices=ReadingChoices(decimal=",", day_first=True, accepts=frozenset({"x"})),
        ),
        Match(column="Rest", suggestion="name", because="2 of 2 values are names of items of Posts"),
    ),
    key_column="Item ID",
    accepted_keys=(("Mug ", "1"),),
)
WORKS = some.builds(
    Work,
    reading=some.fixed_dictionaries({"tab": some.none() | TEXTS, "header_row": some.none() | ROWS}),
    locale_id=some.none() | TEXTS,
    mapping=some.sampled_from([None, MAPPING]),
    types=some.sampled_from([{}, {"price": FieldType.NUMBER}]),
    edits=EDITS,
    leave_out=some.none() | some.sampled_from(LeaveOut),
    left_out=some.frozensets(ROWS, max_size=2),
    choices=some.builds(SendChoices, status=some.sampled_from(StatusChoice), live=some.booleans()),
    read_back=some.booleans(),
)


def ids(db: Database, person: str = "me") -> list[str]:
    return [one.id for one in drafts.of(db, person)]


def age(db: Database, seconds: float) -> None:
    with db.write() as connection:
        connection.execute(draft.update().values(saved_at=draft.c.saved_at - seconds))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(work=WORKS, file=some.binary(max_size=100))
def test_a_draft_comes_back_as_it_was_kept(journal: Database, work: Work, file: bytes) -> None:
    drafts.forget(journal, "me", "d1")
    assert drafts.save(journal, "me", ABOUT, work, file)
    found = drafts.opened(journal, "me", "d1")
    assert found is not None
    assert (replace(found[0], saved_on=ABOUT.saved_on), *found[1:]) == (ABOUT, work, file)


def test_it_is_listed_as_it_is_now_and_its_file_is_written_once(journal: Database) -> None:
    drafts.save(journal, "me", ABOUT, Work(), FILE)
    drafts.save(journal, "me", replace(ABOUT, step="Preview"), Work(read_back=False), b"")
    (listed,) = drafts.of(journal, "me")
    assert listed.step == "Preview" and listed.saved_on > ABOUT.saved_on
    found = drafts.opened(journal, "me", "d1")
    assert found is not None and found[1:] == (Work(read_back=False), FILE)


def test_its_id_alone_opens_and_changes_nothing(journal: Database) -> None:
    drafts.save(journal, "me", ABOUT, Work(), FILE)
    assert drafts.opened(journal, "you", "d1") is None
    drafts.forget(journal, "you", "d1")
    with pytest.raises(sa.exc.IntegrityError):
        drafts.save(journal, "you", ABOUT, Work(read_back=False), b"mine now")
    found = drafts.opened(journal, "me", "d1")
    assert found is not None and found[1:] == (Work(), FILE)
    assert ids(journal, "you") == []


def test_a_deleted_one_is_gone(journal: Database) -> None:
    drafts.save(journal, "me", ABOUT, Work(), FILE)
    drafts.forget(journal, "me", "d1")
    assert drafts.opened(journal, "me", "d1") is None and ids(journal) == []


def test_the_oldest_of_one_person_make_room(journal: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST", 2)
    drafts.save(journal, "you", replace(ABOUT, id="other"), Work(), FILE)
    for number in range(3):
        drafts.save(journal, "me", replace(ABOUT, id=f"d{number}"), Work(), FILE)
        age(journal, 60)
    assert ids(journal) == ["d2", "d1"]
    assert ids(journal, "you") == ["other"]


def test_a_file_too_large_is_not_kept(journal: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST_BYTES", 10)
    assert not drafts.save(journal, "me", ABOUT, Work(), FILE)
    assert ids(journal) == []


def drafts_of(size: int) -> bytes:
    """A file that takes about so many bytes, however it is packed."""
    return random.Random(size).randbytes(size)


def room_for(bytes_: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAFTS_MB", str(bytes_ / 1_000_000))


def each(name: str, count: int) -> list[tuple[str, int]]:
    """So many browsers, each with one draft that is as large as one person's may be."""
    return [(f"{name} {number}", 2_500) for number in range(count)]


@pytest.mark.parametrize(
    ("brought", "left"),
    [
        ([("a", 2_000), ("b", 2_000), ("c", 2_000)], [("a", 1), ("b", 1), ("c", 1)]),
        ([("rich", 2_000), ("rich", 2_000), ("rich", 2_000)], [("rich", 1)]),
        (each("new", 9), [("new 0", 1), ("new 1", 1), ("new 2", 1), ("new 3", 1), ("new 4", 1)]),
        ([("small", 1_500), *each("new", 9)], [("small", 1), ("new 0", 1), ("new 1", 1), ("new 2", 1), ("new 3", 1)]),
        ([*each("new", 5), ("small", 1_500)], [("new 1", 1), ("new 2", 1), ("new 3", 1), ("new 4", 1), ("small", 1)]),
        ([("too large", 5_000)], []),
    ],
    ids=["within bounds", "a fifth each", "the newest of equals", "nobody pushes out less", "most makes room", "one"],
)
def test_whoever_holds_most_makes_room_and_nobody_pushes_out_who_holds_less(
    journal: Database, monkeypatch: pytest.MonkeyPatch, brought: list[tuple[str, int]], left: list[tuple[str, int]]
) -> None:
    room_for(14_000, monkeypatch)
    for number, (person, size) in enumerate(brought):
        is_kept = drafts.save(journal, person, replace(ABOUT, id=f"d{number}"), Work(), drafts_of(size))
        assert is_kept == (f"d{number}" in ids(journal, person))
        age(journal, 60)
    people = dict.fromkeys(person for person, _ in brought)
    assert [(person, found) for person in people if (found := len(ids(journal, person)))] == left


def test_what_was_done_counts_like_the_file(journal: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    text = drafts_of(3_000_000).hex()
    much = Work(edits=Edits(done=(Edit(what="Typed", texts={"Price": {2: text}}),)))
    room_for(5_000_000, monkeypatch)
    assert drafts.save(journal, "me", ABOUT, Work(), FILE)
    assert not drafts.save(journal, "me", ABOUT, much, FILE)
    assert ids(journal) == []
    monkeypatch.setattr(drafts, "MOST_BYTES", 1_000_000)
    assert drafts.save(journal, "me", ABOUT, Work(), FILE) and not drafts.save(journal, "me", ABOUT, much, FILE)
    assert ids(journal) == ["d1"]


def test_what_nobody_worked_on_for_two_weeks_is_deleted(journal: Database) -> None:
    drafts.save(journal, "me", ABOUT, Work(), FILE)
    age(journal, 15 * 86_400)
    drafts.save(journal, "me", replace(ABOUT, id="d2"), Work(), FILE)
    drafts.purge(journal)
    assert ids(journal) == ["d2"]


@pytest.mark.parametrize("column", ["about", "work"])
def test_what_another_version_wrote_is_no_draft(journal: Database, column: str) -> None:
    drafts.save(journal, "me", ABOUT, Work(), FILE)
    strange = '{"odd": 1}' if column == "about" else drafts.zlib.compress(b'{"edits": 7}')
    with journal.write() as connection:
        connection.execute(draft.update().values({column: strange}))
    assert drafts.opened(journal, "me", "d1") is None
