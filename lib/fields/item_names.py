"""Names for items that find each of them alone."""

from collections import Counter
from collections.abc import Iterable, Sequence

from lib.fields.lookup import normalised
from lib.model.item import Item


def names_of(items: Iterable[Item]) -> Sequence[str]:
    """The name of each item, or its slug where several share a name."""
    found = list(items)
    alike = Counter(normalised(item.name) for item in found)
    return tuple(item.name if item.name and alike[normalised(item.name)] == 1 else item.slug for item in found)
