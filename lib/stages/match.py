"""Header + fields → `ColumnMapping`: by slug and by name; similar names are suggested, and a person may choose."""

from collections import Counter
from collections.abc import Container
from dataclasses import replace

from lib.fields.characters import seen
from lib.fields.lookup import normalised
from lib.model.collection import ALT, Collection, Field
from lib.model.mapping import ColumnMapping, Match, MatchedBy, ReadingChoices, Role
from lib.model.problem import Cause
from lib.model.sheet import Sheet
from lib.stages.fit import fits
from lib.stages.spelling import LONGEST, exact_name, is_spelling, same_name, without_unit

ALT_FORMS = (
    "{} alt",
    "{} alt text",
    "{} alttext",
    "alt {}",
    "alt text {}",
    "alt of {}",
    "alt text of {}",
    "alt text for {}",
)
ALSO_CALLED = {Role.LOCALE_ID: "locale"}


def match_columns(sheet: Sheet, collection: Collection) -> ColumnMapping:
    """Every column with the field or role of its name, or with a suggestion; columns that share a header match nothing.

    What a collection's own field is called is never taken for a column that Webflow's exports add, unless that field
    has a column of its very name beside it: an export of a collection with a field “Published on” holds both.
    """
    twins = {problem.column for problem in sheet.problems if problem.cause is Cause.SAME_HEADER}
    free = [column for column in sheet.columns if _without_number(column) not in twins and len(column) <= LONGEST]
    found: dict[str, Match] = {}
    _by_name(free, collection, found)
    own = {name for field in collection.fields if field.slug not in _fed(found) for name in _names(field)}
    for column in sorted((column for column in free if column not in found), key=_is_called_otherwise):
        role = role_of(column)
        if role and same_name(column) not in own and role not in {match.role for match in found.values()}:
            found[column] = Match(column=column, role=role, matched_by=MatchedBy.NAME)
    _alt_texts(sheet, free, collection, found)
    suggested = _suggestions(sheet, [column for column in free if column not in found], collection, found)
    return ColumnMapping(
        matches=tuple(
            found.get(column, Match(column=column, suggestion=suggested.get(column))) for column in sheet.columns
        )
    )


def role_of(column: str) -> Role | None:
    """The role a header names, however it is spelt."""
    name = normalised(column)
    return next((role for role in Role if name in (normalised(role.value), ALSO_CALLED.get(role))), None)


def _is_called_otherwise(column: str) -> bool:
    """Whether it is no column of that very name: such a one comes first."""
    return normalised(column) in ALSO_CALLED.values()


def rematch(mapping: ColumnMapping, column: str, field_slug: str | None, role: Role | None = None) -> ColumnMapping:
    """The person's choice for one column; a column that fed the same field or role before feeds nothing now."""

    def chosen(match: Match) -> Match:
        if match.column == column:
            by = MatchedBy.PERSON if field_slug or role else None
            choices = replace(match.choices, accepts=ReadingChoices().accepts)
            return replace(match, field_slug=field_slug, role=role, matched_by=by, choices=choices)
        taken = (field_slug and match.field_slug == field_slug) or (role and match.role is role)
        return replace(match, field_slug=None, role=None, matched_by=None) if taken else match

    rematched = replace(mapping, matches=tuple(chosen(match) for match in mapping.matches))
    # What texts of the key column were accepted to mean is true of one field only.
    return rematched if rematched.key == mapping.key else replace(rematched, accepted_keys=())


def use_suggestions(mapping: ColumnMapping, columns: Container[str]) -> ColumnMapping:
    """The mapping in which these columns feed what was suggested for them."""
    yes = {match.column for match in mapping.suggested if match.column in columns}

    def confirmed(match: Match) -> Match:
        if match.column not in yes:
            return match
        by = MatchedBy.VALUES if match.because else MatchedBy.CLOSENESS
        if match.suggestion in set(Role):
            return replace(match, role=Role(match.suggestion), matched_by=by)
        return replace(match, field_slug=match.suggestion, matched_by=by)

    return replace(mapping, matches=tuple(confirmed(match) for match in mapping.matches))


def rechoose(mapping: ColumnMapping, chosen: Match) -> ColumnMapping:
    """The mapping with other options for one column."""
    matches = tuple(chosen if match.column == chosen.column else match for match in mapping.matches)
    return replace(mapping, matches=matches)


def unmatched_required(mapping: ColumnMapping, collection: Collection) -> tuple[Field, ...]:
    """Required fields that no column feeds."""
    fed = {match.field_slug for match in mapping.matches}
    return tuple(f for f in collection.writable_fields if f.is_required and f.slug not in fed)


def _without_number(column: str) -> str:
    head, _, tail = column.rpartition(" (")
    return head if head and tail.rstrip(")").isdecimal() else column


def _by_name(columns: list[str], collection: Collection, found: dict[str, Match]) -> None:
    """The surest ways first. Where only capitals tell a field from a column of exports, a person decides."""
    others = [column for column in columns if column not in set(Role)]
    for by, able, is_same in (
        (MatchedBy.SLUG, columns, _is_slug),
        (MatchedBy.NAME, columns, _is_display_name),
        (MatchedBy.NAME, others, _is_name_in_any_case),
        (MatchedBy.NAME, others, _is_name),
    ):
        for column in able:
            same = [field for field in collection.writable_fields if column not in found and is_same(column, field)]
            # Two fields of one name match nothing.
            if len(same) == 1 and same[0].slug not in _fed(found):
                found[column] = Match(column=column, field_slug=same[0].slug, matched_by=by)


def _alt_texts(sheet: Sheet, columns: list[str], collection: Collection, found: dict[str, Match]) -> None:
    """“Main image alt” is the alt text of “Main image”, unless a field of the collection is called so, or the column
    holds the addresses of images: German “alt” is old."""
    own = {name for field in collection.fields for name in _names(field)}
    for column in (column for column in columns if column not in found and same_name(column) not in own):
        meant = [alt for alt in collection.alt_texts if same_name(column) in _alt_names(alt, collection)]
        if len(meant) == 1 and meant[0].slug not in _fed(found) and fits(sheet.frame[column], meant[0]):
            found[column] = Match(column=column, field_slug=meant[0].slug, matched_by=MatchedBy.NAME)


def _alt_names(alt: Field, collection: Collection) -> set[str]:
    image = _names(collection.field(alt.slug.removeprefix(ALT)))
    return {form.format(name) for name in image for form in ALT_FORMS}


def _is_slug(column: str, field: Field) -> bool:
    return column == field.slug


def _is_display_name(column: str, field: Field) -> bool:
    return seen(column) == seen(field.display_name)


def _is_name_in_any_case(column: str, field: Field) -> bool:
    return exact_name(column) == exact_name(field.display_name)


def _is_name(column: str, field: Field) -> bool:
    return same_name(column) in _names(field)


def _names(field: Field) -> set[str]:
    return {same_name(field.display_name), same_name(field.slug)}


def _fed(found: dict[str, Match]) -> set[str | None]:
    return {match.field_slug for match in found.values()}


def _suggestions(sheet: Sheet, columns: list[str], collection: Collection, found: dict[str, Match]) -> dict[str, str]:
    """The one free field whose name each column spells otherwise; nothing where two columns or two fields are meant."""
    free = [field for field in collection.writable_fields if field.slug not in _fed(found)]
    meant: dict[str, str] = {}
    for column in columns:
        similar = [field for field in free if _is_similar(column, field)]
        if len(similar) == 1 and fits(sheet.frame[column], similar[0]):
            meant[column] = similar[0].slug
    times = Counter(meant.values())
    return {column: slug for column, slug in meant.items() if times[slug] == 1}


def _is_similar(column: str, field: Field) -> bool:
    names = (field.display_name, field.slug)
    return any(is_spelling(spelt, name) for spelt in {column, without_unit(column)} for name in names)
