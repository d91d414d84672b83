"""Changes → `Batch`es within Webflow's limit, in order."""

from collections.abc import Sequence

from lib.model.collection import Collection
from lib.model.plan import Batch, Change
from lib.stages.new_references import in_levels

BATCH_LIMIT = 100  # items in one request (developers.webflow.com, "Update Items")


def batched(changes: Sequence[Change], collection: Collection, limit: int = BATCH_LIMIT) -> tuple[Batch, ...]:
    """Batches of at most `limit`, in order; raises `ValueError` when an item and locale comes twice.

    New items come apart from the others, and nobody refers to somebody of the same batch, who has no id yet. So do
    languages that are added to items; the first of these goes alone, since the call that does it is hardly described.
    What is only archived comes last: undoing, it goes another way than the rest.
    """
    targets = {(change.item_id, change.cms_locale_id) for change in changes}
    if len(targets) < len(changes):
        raise ValueError("an item may be changed only once in a run")
    levels = in_levels([change for change in changes if change.is_new], collection)
    variants = [change for change in changes if change.is_variant]
    updates = [change for change in changes if not change.creates]
    retired = [change for change in updates if change.only_archives]
    groups = (*levels, variants[:1], variants[1:], [one for one in updates if not one.only_archives], retired)
    parts = (part[start : start + limit] for part in groups for start in range(0, len(part), limit))
    return tuple(Batch(number=number, changes=tuple(part)) for number, part in enumerate(parts, 1))
