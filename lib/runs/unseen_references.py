"""References that visitors see nothing of, since what they name was never published. Pure: told by items at hand."""

from collections.abc import Container, Iterator, Mapping, Sequence

from lib.fields import kind_of
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.plan import Change
from lib.model.publishing import UnseenReference

Targets = Mapping[str, Sequence[Item]]  # the items of collections, by collection id


def unseen_references(
    changes: Sequence[Change], collection: Collection, targets: Targets, shown_too: Container[str] = ()
) -> tuple[UnseenReference, ...]:
    """Every reference in `after` to an item that was never published, in the order of the collection's fields.

    `shown_too` are the ids of items that are published along. What `targets` does not hold is not told of; of changes
    that create their items neither, since nobody sees those yet.
    """
    shown = [change for change in changes if not change.creates]
    found: list[UnseenReference] = []
    for field in collection.fields:
        if not kind_of(field.type).is_reference:
            continue
        known = _by_key(targets.get(field.target_collection_id or "", ()))
        for change in shown:
            for target_id in ids_in(change.after.get(field.slug)):
                target = known.get((target_id, change.cms_locale_id)) or known.get((target_id, None))
                if target is None or target.last_published is not None or target_id in shown_too:
                    continue
                found.append(
                    UnseenReference(
                        row=change.row,
                        item=change.item_name,
                        field=field.display_name,
                        target=target.name or target.slug,
                        target_id=target_id,
                    )
                )
    return tuple(found)


def ids_in(value: object) -> Iterator[str]:
    """The ids that a reference holds, one or several."""
    yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str) and one)


def _by_key(items: Sequence[Item]) -> dict[tuple[str, str | None], Item]:
    """By id and language, and for those who name no language by the one that was read first, the primary one."""
    found: dict[tuple[str, str | None], Item] = {}
    for item in items:
        found[item.id, item.cms_locale_id] = item
        found.setdefault((item.id, None), item)
    return found
