"""JSON ↔ model: nothing that Webflow is known to send breaks the reading."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.model.collection import Field, FieldType
from lib.model.item import Item
from lib.webflow import wire
from tests.builders import a_change, an_id
from tests.conftest import Door

MOMENTS = some.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1), timezones=some.just(UTC)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
VALUES = some.one_of(some.none(), some.text(), some.integers(), some.booleans(), some.lists(some.text(max_size=5)))


def through_json(body: Any) -> Any:
    return json.loads(json.dumps(body, allow_nan=False))


def zulu(moment: datetime | None) -> str | None:
    """A moment as the API writes it: UTC, to the millisecond."""
    return moment and moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


@pytest.mark.parametrize("locales", [None, {}, {"primary": None, "secondary": None}])
def test_a_site_without_localisation_has_no_locales(locales: Any) -> None:
    assert wire.site_from_json({"id": "s", "locales": locales, "somethingNew": 1}).locales == ()


def test_the_primary_locale_comes_first(demo: Door) -> None:
    site = wire.site_from_json(demo.get("/sites")["sites"][0])
    assert [(locale.tag, locale.is_primary) for locale in site.locales] == [("en", True), ("de", False)]


@pytest.mark.parametrize("validations", [None, [], "odd", {"pattern": {}}, {"additionalProperties": {}}])
def test_odd_validations_are_borne(validations: Any) -> None:
    field = wire.field_from_json({"slug": "a", "type": "PlainText", "validations": validations, "helpText": None})
    assert field.is_writable
    assert field.options == ()


def test_options_without_id_or_name_are_passed_over() -> None:
    options = [{"id": "a"}, {"name": "B"}, "odd", {"id": "c", "name": "C"}]
    field = wire.field_from_json({"slug": "a", "type": "Option", "validations": {"options": options}})
    assert field.options == (("c", "C"),)


@pytest.mark.parametrize("api_type", ["User", "Price", "SkuSettings", "Whatever"])
def test_unknown_types_are_read_only(api_type: str) -> None:
    field = wire.field_from_json({"slug": "a", "type": api_type})
    assert (field.type, field.api_type, field.is_writable) == (FieldType.UNKNOWN, api_type, False)


@given(
    data=some.dictionaries(some.text(min_size=1), VALUES),
    flags=some.tuples(some.booleans(), some.booleans()),
    moments=some.tuples(*[some.none() | MOMENTS] * 3),
    locale=some.none() | some.just(an_id(7)),
)
def test_items_round_trip_through_json(
    data: dict[str, Any], flags: tuple[bool, bool], moments: tuple[datetime | None, ...], locale: str | None
) -> None:
    created, updated, published = moments
    item = Item(
        id=an_id(1),
        cms_locale_id=locale,
        field_data=data,
        is_draft=flags[0],
        is_archived=flags[1],
        created_on=created,
        last_updated=updated,
        last_published=published,
    )
    body = {
        "id": item.id,
        "cmsLocaleId": locale,
        "lastPublished": zulu(published),
        "lastUpdated": zulu(updated),
        "createdOn": zulu(created),
        "isArchived": item.is_archived,
        "isDraft": item.is_draft,
        "fieldData": data,
    }
    assert wire.item_from_json(through_json(body)) == item


@given(
    api_type=some.sampled_from([kind.value for kind in FieldType if FieldType.of(kind) is not FieldType.UNKNOWN]),
    required=some.booleans(),
    editable=some.booleans(),
    help_text=some.none() | some.text(),
    validations=some.none() | some.dictionaries(some.text(), VALUES),
)
def test_fields_round_trip_through_json(
    api_type: str, required: bool, editable: bool, help_text: str | None, validations: dict[str, Any] | None
) -> None:
    body = {
        "id": "f" * 32,
        "isEditable": editable,
        "isRequired": required,
        "type": api_type,
        "slug": "a-2",
        "displayName": "A",
        "helpText": help_text,
        "validations": validations,
    }
    assert wire.field_from_json(through_json(body)) == Field(
        id="f" * 32,
        slug="a-2",
        display_name="A",
        type=FieldType(api_type),
        api_type=api_type,
        is_required=required,
        is_editable=editable,
        help_text=help_text or "",
        validations=validations or {},
    )


@given(
    after=some.dictionaries(some.text(min_size=1), VALUES),
    draft=some.none() | some.booleans(),
    archived=some.none() | some.booleans(),
    locale=some.none() | some.just(an_id(7)),
)
def test_changes_round_trip_through_json(
    after: dict[str, Any], draft: bool | None, archived: bool | None, locale: str | None
) -> None:
    change = a_change(2, after, is_draft=draft, is_archived=archived, cms_locale_id=locale)
    (entry,) = through_json(wire.update_body([change]))["items"]
    assert entry["id"] == change.item_id
    assert entry.get("fieldData", {}) == after
    assert (entry.get("isDraft"), entry.get("isArchived"), entry.get("cmsLocaleId")) == (draft, archived, locale)
    assert None not in [entry[key] for key in entry]
    assert set(entry) <= {"id", "cmsLocaleId", "isArchived", "isDraft", "fieldData"}


@pytest.mark.parametrize("moment", ["yesterday", "", 5, None, {}])
def test_odd_moments_are_none(moment: Any) -> None:
    assert wire.item_from_json({"id": "a", "lastUpdated": moment}).last_updated is None


def test_moments_without_a_zone_are_utc() -> None:
    item = wire.item_from_json({"id": "a", "lastUpdated": "2025-01-02T03:04:05.678"})
    assert item.last_updated == datetime(2025, 1, 2, 3, 4, 5, 678_000, UTC)


@pytest.mark.parametrize(
    ("entries", "details"),
    [
        ([{"param": "a", "description": "b"}], [("a", "b")]),
        ([{"field": "a", "message": "b"}], [("a", "b")]),
        (["b"], [("", "b")]),
        ([{}, 5, None], [("", ""), ("", "5"), ("", "None")]),
        ([], []),
        (None, []),
        ("b", []),
        ({"a": "b"}, []),
    ],
)
def test_details_are_read_in_every_shape(entries: Any, details: list[tuple[str, str]]) -> None:
    assert [(detail.param, detail.description) for detail in wire.details_from_json(entries)] == details
