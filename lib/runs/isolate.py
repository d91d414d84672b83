"""A refused request is refused whole. This says what to try next, so that only the bad rows fail.

Details name a field and sometimes the value, never the item (seen in recorded answers). With the value, the suspects
are known at once; with the field alone, those without it are innocent, and rows whose values are alike stay together;
otherwise halves find the bad rows.
"""

from collections.abc import Collection, Sequence
from itertools import groupby
from urllib.parse import urlsplit

from lib.errors import Detail
from lib.model.plan import Change
from lib.webflow.plain_words import values_named

Group = tuple[Change, ...]


def next_groups(changes: Group, details: Sequence[Detail]) -> tuple[Group, ...]:
    """The groups to send instead of `changes`, which lose and repeat nothing; () when one change stands alone."""
    if len(changes) < 2:
        return ()
    suspects = [change for change in changes if any(named_by_value(change, detail) for detail in details)]
    if 0 < len(suspects) < len(changes):
        others = tuple(change for change in changes if change not in suspects)
        return (others, *((suspect,) for suspect in suspects))
    params = {detail.param for detail in details if detail.param}
    carriers = tuple(change for change in changes if params & set(change.after))
    if 0 < len(carriers) < len(changes):
        return (tuple(change for change in changes if change not in carriers), *_apart(carriers, params))
    return _apart(changes, params)


def _apart(changes: Group, params: Collection[str]) -> tuple[Group, ...]:
    """Two groups, in each of which the values of a field are as much alike as can be; one when there is one change.

    Bad values tend to have something in common: they are empty, come from one host, end in .tiff, are long.
    """
    for param in sorted(params):
        traits = {change.row: _traits(change.after.get(param)) for change in changes}
        for number in range(len(_traits(None))):
            kinds = _kinds(changes, {row: values[number] for row, values in traits.items()})
            if len(kinds) > 1:
                return _cut(kinds)
    ordered = sorted(changes, key=lambda change: [_length(change.after.get(param)) for param in sorted(params)])
    middle = len(ordered) // 2
    return tuple(tuple(half) for half in (ordered[:middle], ordered[middle:]) if half)


def _traits(value: object) -> tuple[bool, str, str, int]:
    """What a value may have in common with others: empty or not, hosts, endings, length to a factor of two."""
    parts = [_parts(text) for text in _texts(value)]
    hosts, endings = (" ".join(sorted({part[place] for part in parts})) for place in (0, 1))
    return value in (None, "", []), hosts, endings, _length(value).bit_length()


def _parts(text: str) -> tuple[str, str]:
    """The host of an address and what its path ends in; "" for what is not there."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return "", ""
    is_file = parts.netloc and "." in parts.path
    return parts.netloc.lower(), parts.path.rpartition(".")[2].lower() if is_file else ""


def _length(value: object) -> int:
    return sum(map(len, _texts(value)))


def _kinds(changes: Group, trait: dict[int, str | int | bool]) -> list[Group]:
    """The changes by one trait, the largest kind first."""
    ordered = sorted(changes, key=lambda change: (str(trait[change.row]), change.row))
    kinds = [tuple(kind) for _, kind in groupby(ordered, key=lambda change: trait[change.row])]
    return sorted(kinds, key=len, reverse=True)


def _cut(kinds: Sequence[Group]) -> tuple[Group, ...]:
    """Between two kinds, as near to the middle as that allows."""
    total, sizes = sum(map(len, kinds)), [len(kind) for kind in kinds]
    at = min(range(1, len(kinds)), key=lambda number: abs(2 * sum(sizes[:number]) - total))
    return tuple(tuple(change for kind in part for change in kind) for part in (kinds[:at], kinds[at:]))


def named_by_value(change: Change, detail: Detail) -> bool:
    """Whether a refusal names the value that this change has in the field to blame."""
    named = values_named(detail.description)
    return detail.param in change.after and not named.isdisjoint(_texts(change.after[detail.param]))


def _texts(value: object) -> set[str]:
    """The texts by which a refusal may name a value."""
    if isinstance(value, list):
        return {text for entry in value for text in _texts(entry)}
    if isinstance(value, dict):
        return {str(value.get("url"))}
    return {"null"} if value is None else {str(value)}
