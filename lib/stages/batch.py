"""Changes → `Batch`es within Webflow's limit, in order."""

from collections.abc import Iterator, Sequence

from lib.model.collection import Collection
from lib.model.plan import Batch, Change
from lib.stages.new_references import rows_waited_for

BATCH_LIMIT = 100  # items in one request (developers.webflow.com, "Update Items")


def batched(changes: Sequence[Change], collection: Collection, limit: int = BATCH_LIMIT) -> tuple[Batch, ...]:
    """Batches of at most `limit`, in order; raises `ValueError` when an item and locale comes twice.

    New items come apart from the others, and nobody refers to somebody of the same batch, who has no id yet.
    """
    targets = {(change.item_id, change.cms_locale_id) for change in changes}
    if len(targets) < len(changes):
        raise ValueError("an item may be changed only once in a run")
    parts = (
        part[start : start + limit] for part in _levels(changes, collection) for start in range(0, len(part), limit)
    )
    return tuple(Batch(number=number, changes=tuple(part)) for number, part in enumerate(parts, 1))


def _levels(changes: Sequence[Change], collection: Collection) -> Iterator[Sequence[Change]]:
    """New items by how many others must be there before, then all updates."""
    new = [change for change in changes if change.is_new]
    depths: dict[int, int] = {}
    for change in new:
        waits = rows_waited_for(change, collection)
        depths[change.row] = 1 + max((depths.get(row, 0) for row in waits), default=0)
    for depth in range(1, max(depths.values(), default=0) + 1):
        yield [change for change in new if depths[change.row] == depth]
    yield [change for change in changes if not change.is_new]
