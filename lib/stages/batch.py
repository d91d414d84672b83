"""Changes → `Batch`es within Webflow's limit, in order."""

from collections.abc import Iterator, Sequence

from lib.fields import kind_of
from lib.model.collection import Collection
from lib.model.new_item import is_new
from lib.model.plan import Batch, Change

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


def _levels(changes: Sequence[Change], collection: Collection) -> Iterator[list[Change]]:
    """New items by how many others must be there before, then all updates."""
    slugs = [field.slug for field in collection.fields if kind_of(field.type).is_reference]
    depths: dict[str, int] = {}
    for change in changes:
        if change.is_new:
            depths[change.item_id] = 1 + max((depths.get(one, 0) for one in _named(change, slugs)), default=0)
    for depth in range(1, max(depths.values(), default=0) + 1):
        yield [change for change in changes if depths.get(change.item_id) == depth]
    yield [change for change in changes if not change.is_new]


def _named(change: Change, slugs: Sequence[str]) -> Iterator[str]:
    for slug in slugs:
        value = change.after.get(slug)
        yield from (str(one) for one in (value if isinstance(value, list) else [value]) if is_new(one))
