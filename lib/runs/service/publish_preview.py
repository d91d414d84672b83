"""`PublishPreview`: what publishing the items of a run would do, from the items as they are now."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from lib.fields import kind_of
from lib.model.collection import Collection, Field
from lib.model.item import Item
from lib.model.plan import Change
from lib.model.publishing import Place, UnseenReference
from lib.model.run_spec import RunSpec
from lib.model.site import Site
from lib.runs.compare import Key
from lib.runs.publishable import is_stale
from lib.runs.unseen_references import ids_in
from lib.stages.batch import batched


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What came of looking at the items that others refer to: what is `unseen`, or `why_not`, a sentence."""

    unseen: tuple[UnseenReference, ...] = ()
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class PublishPreview:
    """`spec` would publish what can be published of the run; `site`, `collection` and `items` are as they are now,
    and `places` says of each item (by row) what becomes of it. `looked` is None until somebody looked."""

    spec: RunSpec
    site: Site
    collection: Collection
    items: Mapping[Key, Item]
    places: Mapping[int, Place]
    names: Mapping[int, str]
    looked: Looked | None = None

    @cached_property
    def counts(self) -> Counter[Place]:
        """Every item of the run in one place."""
        return Counter(self.places.values())

    @cached_property
    def request_count(self) -> int:
        """How many requests publish it."""
        return len(batched(self.spec.plan.changes, self.spec.collection))

    @property
    def is_stale(self) -> bool:
        """Whether the collection's structure changed after the site was last published."""
        return is_stale(self.site, self.collection)

    @cached_property
    def shown(self) -> tuple[Change, ...]:
        """The items that visitors will see because of it, with all that they hold as `after`."""
        ready = [change for change in self.spec.plan.changes if self.places[change.row] is Place.READY]
        return tuple(replace(change, after=self.items[change.key].field_data) for change in ready)

    @cached_property
    def references(self) -> tuple[Field, ...]:
        """The fields that refer to items which are not published along, so that these have to be looked at."""
        along = {change.item_id for change in self.shown}
        fields = [field for field in self.collection.fields if kind_of(field.type).is_reference]
        named = {f.slug: {one for c in self.shown for one in ids_in(c.after.get(f.slug))} for f in fields}
        return tuple(field for field in fields if named[field.slug] - along)

    def named_in(self, place: Place) -> list[str]:
        """The names of the items in this place, in the order of rows."""
        return [self.names[row] for row, found in self.places.items() if found is place]
