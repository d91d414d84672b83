"""JSON ↔ model: nothing that Webflow is known to send breaks the reading."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.model.collection import FieldType
from lib.webflow import wire
from tests.builders import a_change, an_id
from tests.conftest import Door

VALUES = some.one_of(some.none(), some.text(), some.integers(), some.booleans(), some.lists(some.text(max_size=5)))


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


@pytest.mark.parametrize("api_type", ["User", "Price", "SkuSettings", "Whatever"])
def test_unknown_types_are_read_only(api_type: str) -> None:
    field = wire.field_from_json({"slug": "a", "type": api_type})
    assert (field.type, field.api_type, field.is_writable) == (FieldType.UNKNOWN, api_type, False)


@given(data=some.dictionaries(some.text(min_size=1), VALUES), draft=some.booleans(), archived=some.booleans())
def test_items_keep_their_values(data: dict[str, Any], draft: bool, archived: bool) -> None:
    item = wire.item_from_json({"id": an_id(1), "fieldData": data, "isDraft": draft, "isArchived": archived})
    assert (dict(item.field_data), item.is_draft, item.is_archived) == (data, draft, archived)


@given(after=some.dictionaries(some.text(min_size=1), VALUES, min_size=1), draft=some.none() | some.booleans())
def test_changes_are_sent_as_they_are(after: dict[str, Any], draft: bool | None) -> None:
    entry = wire.entry_from_change(a_change(2, after, is_draft=draft))
    assert entry["fieldData"] == after
    assert entry.get("isDraft") == draft
    assert "isArchived" not in entry and "cmsLocaleId" not in entry
