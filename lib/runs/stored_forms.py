"""What Webflow made of the values of a change, as one of its answers tells."""

from collections.abc import Iterable, Iterator, Mapping

from lib.fields.column import is_empty
from lib.model.item import Item
from lib.model.plan import Change
from lib.model.stored_form import StoredForm, digest
from lib.runs.compare import Key


def forms_of(changes: Iterable[Change], items: Mapping[Key, Item]) -> Iterator[StoredForm]:
    """The forms of every value of these changes that is stored otherwise than it was sent.

    `items` are the changes' items as Webflow held them right after it took the changes. A value that it dropped has no
    form: bringing it again is worth a try.
    """
    for change in changes:
        item = items.get(change.key)
        if item is not None:
            yield from _of_item(change, item)


def _of_item(change: Change, item: Item) -> Iterator[StoredForm]:
    for slug, value in change.after.items():
        now = item.field_data.get(slug)
        if repr(value) == repr(now):
            continue  # as nearly all are, which costs no digest
        sent, stored = digest(value), digest(now)
        if sent != stored and not is_empty(now):
            place, is_again = (item.id, item.cms_locale_id or ""), sent == digest(change.before.get(slug))
            yield StoredForm(place=place, field_slug=slug, sent=sent, stored=stored, is_again=is_again)
