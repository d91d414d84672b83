"""New items travel before all updates, and nobody with somebody that it refers to."""

from hypothesis import given
from hypothesis import strategies as some

from lib.model.collection import FieldType
from lib.model.new_item import new_item_id
from lib.stages.batch import batched
from tests.builders import a_change, a_collection, a_creation, a_field

COLLECTION = a_collection(a_field("friends", FieldType.MULTI_REFERENCE), a_field("note"))


@given(
    friends=some.lists(some.sets(some.integers(0, 40), max_size=3), max_size=30),
    updates=some.integers(0, 30),
    limit=some.integers(1, 12),
)
def test_whoever_is_referred_to_comes_in_an_earlier_batch_and_updates_come_last(
    friends: list[set[int]], updates: int, limit: int
) -> None:
    """Each new item refers to some of those before it, as a plan puts them in order."""
    named = [[new_item_id(other + 2) for other in others if other < place] for place, others in enumerate(friends)]
    new = [a_creation(row, {"friends": ids, "note": "new item of row 2"}) for row, ids in enumerate(named, 2)]
    old = [a_change(row, {"friends": [new_item_id(2)] * bool(new)}) for row in range(100, 100 + updates)]
    batches = batched([*new, *old], COLLECTION, limit)
    seen: set[str] = set()
    for batch in batches:
        assert len({change.is_new for change in batch.changes}) == 1 and len(batch.changes) <= limit
        assert all(set(change.after["friends"]) <= seen for change in batch.changes)  # type: ignore[call-overload]
        seen |= {change.item_id for change in batch.changes if change.is_new}
    sent = [change for batch in batches for change in batch.changes]
    assert sorted(sent, key=lambda change: change.row) == [*new, *old] and sent[len(new) :] == old
    assert [batch.number for batch in batches] == list(range(1, len(batches) + 1))
