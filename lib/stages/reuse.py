"""How an earlier file was matched, held against this one and the collection as it is now."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from lib.fields import kind_of
from lib.model.collection import Collection, FieldType
from lib.model.item_table import ItemTable
from lib.model.mapping import ColumnMapping, Match, ReadingChoices
from lib.model.remembered import Remembered, signature
from lib.model.settled import Settled
from lib.model.sheet import Sheet
from lib.model.site import ONE_LANGUAGE, Languages
from lib.stages.key import key_candidates, with_key
from lib.stages.match import match_columns
from lib.words.say import later, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Reused:
    """What was taken over from an earlier file, and in sentences which pairs could not be."""

    name: str
    saved_on: datetime
    mapping: ColumnMapping
    settled: tuple[Settled, ...]
    dropped: tuple[str, ...]


def reused(
    known: Iterable[Remembered],
    sheet: Sheet,
    collection: Collection,
    items: ItemTable,
    languages: Languages = ONE_LANGUAGE,
) -> Reused | None:
    """The mapping of an earlier file with the same columns, as far as it still holds; None without such a file."""
    same = signature(sheet.columns)
    found = next((one for one in known if signature(match.column for match in one.mapping.matches) == same), None)
    if found is None:
        return None
    earlier = {match.column: match for match in found.mapping.matches}
    refused = {column: why for column in sheet.columns if (why := _refusal(earlier[column], found.types, collection))}
    matches = tuple(Match(column=column) if column in refused else earlier[column] for column in sheet.columns)
    ids = {item.id for item in items}
    accepted = tuple(pair for pair in found.mapping.accepted_keys if pair[1] in ids)
    mapping = ColumnMapping(matches=matches, key_column=_key(found.mapping, refused), accepted_keys=accepted)
    return Reused(
        name=found.name,
        saved_on=found.saved_on,
        mapping=with_key(sheet, mapping, collection, items, languages),
        settled=found.settled,
        dropped=tuple(refused.values()),
    )


def is_decided(mapping: ColumnMapping, sheet: Sheet, collection: Collection) -> bool:
    """Whether a mapping says more than the names of the columns do, so that it is worth keeping."""
    by_name = match_columns(sheet, collection)
    said, named = ([_told(match) for match in of.matches] for of in (mapping, by_name))
    first = next(iter(key_candidates(mapping, collection)), None)
    return bool(mapping.accepted_keys) or mapping.key_column != first or said != named


def for_other_files(mapping: ColumnMapping) -> ColumnMapping:
    """Without what was decided about damaged cells: that was said of the cells of one file."""
    return replace(mapping, matches=tuple(map(_for_others, mapping.matches)))


def _told(match: Match) -> tuple[object, ...]:
    return match.field_slug, match.role, match.blanks, _for_others(match).choices


def _for_others(match: Match) -> Match:
    return replace(match, choices=replace(match.choices, accepts=ReadingChoices().accepts))


def _key(mapping: ColumnMapping, refused: Container[str]) -> str | None:
    return None if mapping.key_column in refused else mapping.key_column


def _refusal(match: Match, types: Mapping[str, FieldType], collection: Collection) -> str:
    """Why the pair cannot stand any more; "" when it can."""
    if match.field_slug is None:
        return ""
    field = next((one for one in collection.targets if one.slug == match.field_slug), None)
    if field is None:
        sentence = later("“{column}” went to the field “{field}”, which cannot be filled any more.")
        return say(sentence, column=match.column, field=match.field_slug)
    was, now = (kind_of(one).title for one in (types.get(field.slug, field.type), field.type))
    sentence = later("“{column}” went to {field}, which was {was} and is {now} now.")
    return (
        "" if was == now else say(sentence, column=match.column, field=field.display_name, was=say(was), now=say(now))
    )
