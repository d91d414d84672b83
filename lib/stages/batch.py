"""Changes → `Batch`es within Webflow's limit, in order."""

from collections.abc import Sequence

from lib.model.plan import Batch, Change

BATCH_LIMIT = 100  # items in one request (developers.webflow.com, "Update Items")


def batched(changes: Sequence[Change], collection: object = None, limit: int = BATCH_LIMIT) -> tuple[Batch, ...]:
    """Batches of at most `limit`, in order; raises `ValueError` when an item and locale comes twice."""
    targets = {(change.item_id, change.cms_locale_id) for change in changes}
    if len(targets) < len(changes):
        raise ValueError("an item may be changed only once in a run")
    starts = range(0, len(changes), limit)
    return tuple(
        Batch(number=number, changes=tuple(changes[start : start + limit])) for number, start in enumerate(starts, 1)
    )
