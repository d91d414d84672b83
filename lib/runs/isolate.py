"""A refused request is refused whole. This says what to try next, so that only the bad rows fail.

Details name a field and sometimes the value, never the item (seen in recorded answers). With the value, the suspects
are known at once; with the field alone, those without it are innocent; otherwise halves find the bad rows.
"""

import re
from collections.abc import Sequence

from lib.errors import Detail, NotFound, RequestRefused, WebflowError
from lib.model.plan import Change

Group = tuple[Change, ...]
_VALUE = re.compile(r"'([^']*)'$|: ([^'\s]\S*)$")
_ABOUT_EVERYTHING = (
    "collection cannot be found",
    "site cannot be found",
    "Collection structure changed",
    "Site has never been published",
    "Field not described in schema",
)


def is_about_rows(error: WebflowError) -> bool:
    """Whether some rows of the request may be to blame, rather than the token, the collection, or Webflow itself."""
    texts = (error.remote_message, *(detail.description for detail in error.details))
    return isinstance(error, RequestRefused | NotFound) and not any(
        words in text for words in _ABOUT_EVERYTHING for text in texts
    )


def next_groups(changes: Group, details: Sequence[Detail]) -> tuple[Group, ...]:
    """The groups to send instead of `changes`, which lose and repeat nothing; () when one change stands alone."""
    if len(changes) < 2:
        return ()
    suspects = [change for change in changes if any(_named_by_value(change, detail) for detail in details)]
    if 0 < len(suspects) < len(changes):
        others = tuple(change for change in changes if change not in suspects)
        return (others, *((suspect,) for suspect in suspects))
    params = {detail.param for detail in details if detail.param}
    carriers = tuple(change for change in changes if params & set(change.after))
    if 0 < len(carriers) < len(changes):
        return (tuple(change for change in changes if change not in carriers), *_halves(carriers))
    return _halves(changes)


def _halves(changes: Group) -> tuple[Group, ...]:
    middle = len(changes) // 2
    return tuple(half for half in (changes[:middle], changes[middle:]) if half)


def _named_by_value(change: Change, detail: Detail) -> bool:
    found = _VALUE.search(detail.description)
    value = (found.group(1) or found.group(2)) if found else None
    return bool(value) and value in _texts(change.after.get(detail.param))


def _texts(value: object) -> set[str]:
    if isinstance(value, list):
        return {text for entry in value for text in _texts(entry)}
    return {str(value.get("url"))} if isinstance(value, dict) else {str(value)}
