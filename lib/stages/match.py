"""Header + fields → `Mapping`: by slug, by name, by closeness; and what a person may choose instead."""

import re
from dataclasses import replace

from rapidfuzz import fuzz

from lib.fields.forgive import forgiving
from lib.model.collection import Collection, Field
from lib.model.mapping import Mapping, Match, MatchedBy, Role
from lib.model.sheet import Sheet
from lib.stages.fit import fits

CLOSE_ENOUGH = 86
CLEARLY_BETTER = 4
UNIT = re.compile(r"\s*[(\[].*[)\]]\s*$")  # “Price (EUR)” means Price


def match_columns(sheet: Sheet, collection: Collection) -> Mapping:
    """Every column with the field or role it matches by itself; columns that share a header match nothing."""
    twins = {finding.column for finding in sheet.findings if finding.kind == "Same header twice"}
    free = [column for column in sheet.columns if _without_number(column) not in twins]
    found: dict[str, Match] = {}
    for column in free:
        role = role_of(column)
        if role and role not in {match.role for match in found.values()}:
            found[column] = Match(column=column, role=role, matched_by=MatchedBy.NAME)
    _by_name(free, collection, found)
    _by_closeness(sheet, free, collection, found)
    return Mapping(matches=tuple(found.get(column, Match(column=column)) for column in sheet.columns))


def role_of(column: str) -> Role | None:
    """The role a header names, however it is spelt."""
    return next((role for role in Role if forgiving(role.value) == forgiving(column)), None)


def rematch(mapping: Mapping, column: str, field_slug: str | None, role: Role | None = None) -> Mapping:
    """The person's choice for one column; a column that fed the same field or role before feeds nothing now."""

    def chosen(match: Match) -> Match:
        if match.column == column:
            by = MatchedBy.PERSON if field_slug or role else None
            return replace(match, field_slug=field_slug, role=role, matched_by=by)
        taken = (field_slug and match.field_slug == field_slug) or (role and match.role is role)
        return replace(match, field_slug=None, role=None, matched_by=None) if taken else match

    return replace(mapping, matches=tuple(chosen(match) for match in mapping.matches))


def rechoose(mapping: Mapping, chosen: Match) -> Mapping:
    """The mapping with other options for one column."""
    matches = tuple(chosen if match.column == chosen.column else match for match in mapping.matches)
    return replace(mapping, matches=matches)


def unmatched_required(mapping: Mapping, collection: Collection) -> tuple[Field, ...]:
    """Required fields that no column feeds."""
    fed = {match.field_slug for match in mapping.matches}
    return tuple(f for f in collection.writable_fields if f.is_required and f.slug not in fed)


def _without_number(column: str) -> str:
    head, _, tail = column.rpartition(" (")
    return head if head and tail.rstrip(")").isdecimal() else column


def _by_name(columns: list[str], collection: Collection, found: dict[str, Match]) -> None:
    for by in (MatchedBy.SLUG, MatchedBy.NAME):
        for column in columns:
            field = _named(column, collection, by)
            if column not in found and field and field.slug not in _fed(found):
                found[column] = Match(column=column, field_slug=field.slug, matched_by=by)


def _named(column: str, collection: Collection, by: MatchedBy) -> Field | None:
    """The one field of this name; two fields of one name match nothing."""
    wanted = forgiving(column)
    same = [
        field
        for field in collection.writable_fields
        if (column == field.slug if by is MatchedBy.SLUG else wanted in _names(field))
    ]
    return same[0] if len(same) == 1 else None


def _names(field: Field) -> set[str]:
    return {forgiving(field.display_name), forgiving(field.slug), forgiving(field.slug.replace("-", " "))}


def _fed(found: dict[str, Match]) -> set[str | None]:
    return {match.field_slug for match in found.values()}


def _by_closeness(sheet: Sheet, columns: list[str], collection: Collection, found: dict[str, Match]) -> None:
    """The best pairs first; a column with two candidates that are nearly equally close is left to the person."""
    open_columns = [column for column in columns if column not in found]
    open_fields = [field for field in collection.writable_fields if field.slug not in _fed(found)]
    pairs = sorted(
        (
            (-_closeness(column, field), column, field)
            for column in open_columns
            for field in _clear_candidates(column, open_fields)
            if fits(sheet.frame[column], field)
        ),
        key=lambda pair: (pair[0], pair[1], pair[2].slug),
    )
    for _, column, field in pairs:
        if column not in found and field.slug not in _fed(found):
            found[column] = Match(column=column, field_slug=field.slug, matched_by=MatchedBy.CLOSENESS)


def _closeness(column: str, field: Field) -> float:
    wanted = forgiving(UNIT.sub("", column))
    return max(fuzz.token_sort_ratio(wanted, name) for name in _names(field))


def _clear_candidates(column: str, fields: list[Field]) -> list[Field]:
    scores = sorted(((_closeness(column, field), field.slug, field) for field in fields), reverse=True)
    if not scores or scores[0][0] < CLOSE_ENOUGH:
        return []
    clear = len(scores) == 1 or scores[0][0] - scores[1][0] >= CLEARLY_BETTER
    return [scores[0][2]] if clear else []
