"""How a new file is matched: by the names of its columns, by their values as suggestions, and what finds the items."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pandas as pd

from lib.fields.characters import is_blank, seen
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.item_table import ItemTable
from lib.model.mapping import ColumnMapping, Match, Role
from lib.model.sheet import Sheet
from lib.model.site import ONE_LANGUAGE, Languages
from lib.stages.key import choose_key
from lib.stages.match import match_columns
from lib.words.say import later, say

IDS = later("{some:,} of {all:,} values are ids of items of {of}")
ADDRESSES = later("{some:,} of {all:,} values are page addresses of {of}")
NAMES = later("{some:,} of {all:,} values are names of items of {of}")
OPTIONS = later("{some:,} of {all:,} values are options of {of}")
LANGUAGES = later("{some:,} of {all:,} values are languages of the site")
LOOKED_AT = 1_000  # different values of a column
FEWEST = 2  # of them have to be known: one alone may be chance
MOSTLY = 0.8
Target = tuple[str, str, frozenset[str]]  # how is told that values are of it, of what it is, and all its values


def first_match(
    sheet: Sheet, collection: Collection, items: ItemTable, languages: Languages = ONE_LANGUAGE
) -> ColumnMapping:
    """The mapping of a sheet that nobody has matched yet."""
    mapping = by_values(sheet, match_columns(sheet, collection), collection, items, languages)
    return choose_key(sheet, mapping, collection, items, languages)


def by_values(
    sheet: Sheet,
    mapping: ColumnMapping,
    collection: Collection,
    items: ItemTable,
    languages: Languages = ONE_LANGUAGE,
) -> ColumnMapping:
    """The mapping in which columns without a name that says it suggest what most of their values are of.

    A target that something feeds is suggested to no column, and one that several suggest to none of them.
    """
    waiting = [match.column for match in mapping.matches if match.is_ignored and not match.suggestion]
    if not waiting:
        return mapping
    known = _known(mapping, collection, items, languages)
    found: dict[str, list[Match]] = {}
    for column in waiting:
        if best := _best(column, sheet.frame[column], known):
            found.setdefault(best.suggestion or "", []).append(best)
    alone = {of[0].column: of[0] for of in found.values() if len(of) == 1}
    return replace(mapping, matches=tuple(alone.get(match.column, match) for match in mapping.matches))


def _known(mapping: ColumnMapping, collection: Collection, items: ItemTable, languages: Languages) -> dict[str, Target]:
    """The free targets."""
    of = collection.display_name
    known = {
        Role.ITEM_ID.value: (IDS, of, _forms(item.id for item in items)),
        "slug": (ADDRESSES, of, _held(items, lambda item: item.slug)),
        "name": (NAMES, of, _held(items, lambda item: item.name)),
    }
    for field in collection.writable_fields:
        if field.options:
            known[field.slug] = OPTIONS, field.display_name, _forms(name for _, name in field.options)
    fed = {match.field_slug or match.role for match in mapping.matches} | {one.suggestion for one in mapping.suggested}
    known[Role.LOCALE_ID.value] = LANGUAGES, "", languages.forms
    writable = {field.slug for field in collection.writable_fields} | {Role.ITEM_ID.value, Role.LOCALE_ID.value}
    return {target: told for target, told in known.items() if target in writable - fed}


def _held(items: Iterable[Item], what: Callable[[Item], str]) -> frozenset[str]:
    return _forms(what(item) for item in items)


def _forms(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(seen(text).casefold() for text in texts) - {""}


def _best(column: str, texts: pd.Series, known: dict[str, Target]) -> Match | None:
    """The target of which most values are, if one is clearly it."""
    values = list(texts[~is_blank(texts)].drop_duplicates().head(LOOKED_AT))
    forms = [seen(text).casefold() for text in values]
    shares = {target: sum(form in held for form in forms) for target, (_, _, held) in known.items()}
    target = max(shares, key=shares.__getitem__, default=None)
    if target is None or shares[target] < FEWEST or shares[target] < MOSTLY * len(values):
        return None
    if sum(share == shares[target] for share in shares.values()) > 1:
        return None
    because, of, _ = known[target]
    return Match(column=column, suggestion=target, because=say(because, some=shares[target], all=len(values), of=of))
