"""What keeps an import from being seen at once, or visitors from seeing all of it, told by what is at hand."""

from dataclasses import dataclass

from lib.fields import kind_of
from lib.model.plan import Plan
from lib.model.publishing import UnseenReference
from lib.runs.publishable import is_stale
from lib.runs.unseen_references import unseen_references
from lib.stages.plan import ARCHIVED, NEVER_PUBLISHED
from lib.workflow.matching import Matched


@dataclass(frozen=True, kw_only=True)
class GoingLive:
    """`never_published` and `archived` rows are left out, since no live version of their items can change. The site:
    whether it `is_published`, and whether the collection `is_stale`, its structure having changed since."""

    is_published: bool
    is_stale: bool
    never_published: int
    archived: int
    unseen: tuple[UnseenReference, ...]


def going_live(plan: Plan, matched: Matched) -> GoingLive:
    """What is to be told of a plan that is sent live at once; no request is made for it.

    Of references, those that the plan changes: of the others nothing was read.
    """
    collection, context = matched.collection, matched.context
    ids = {f.target_collection_id or "" for f in collection.fields if kind_of(f.type).is_reference}
    targets = {one: context.items_of(one) for one in ids}
    return GoingLive(
        is_published=matched.site.is_published,
        is_stale=is_stale(matched.site, collection),
        never_published=int((plan.reasons == NEVER_PUBLISHED).sum()),
        archived=int((plan.reasons == ARCHIVED).sum()),
        unseen=unseen_references(plan.changes, collection, targets),
    )
