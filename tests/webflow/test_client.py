"""The calls an importer needs, against odd answers and against the sandbox."""

import json
from dataclasses import replace
from typing import Any

import pytest

from lib.errors import Certainty, NotConnected, NotFound, WebflowError, WebflowUnavailable
from lib.sandbox import Sandbox
from lib.webflow.client import Webflow
from tests.builders import a_change, a_creation, an_id
from tests.conftest import Door
from tests.webflow.conftest import Clock, Script


def test_an_update_sends_only_what_changes(script: Script, client: Webflow) -> None:
    script.answer(200, {"items": []})
    client.write_items("c", [a_change(2, {"price": 1.5, "note": None, "title": "Grün"})])
    method, path, headers, body = script.asked[0]
    assert (method, path) == ("PATCH", "/v2/collections/c/items?skipInvalidFiles=false")
    assert headers["Content-Type"] == "application/json"
    assert json.loads(body) == {"items": [{"id": an_id(2), "fieldData": {"price": 1.5, "note": None, "title": "Grün"}}]}
    assert "Grün".encode() in body and b": " not in body


def test_a_creation_carries_all_values_and_no_id(script: Script, client: Webflow) -> None:
    script.answer(202, {"items": [{"id": an_id(7), "fieldData": {"name": "Grün", "slug": "green"}}]})
    changes = [a_creation(2, {"name": "Grün", "slug": "green"}), a_creation(3, is_draft=False)]
    (item,) = client.write_items("c", changes)
    method, path, _, body = script.asked[0]
    assert (item.id, method, path) == (an_id(7), "POST", "/v2/collections/c/items?skipInvalidFiles=false")
    assert json.loads(body) == {
        "items": [
            {"fieldData": {"name": "Grün", "slug": "green"}, "isDraft": True, "isArchived": False},
            {"fieldData": {"name": "New 3", "slug": "new-3"}, "isDraft": False, "isArchived": False},
        ]
    }


def test_a_language_is_added_by_the_id_of_its_item(script: Script, client: Webflow) -> None:
    script.answer(202, {"items": [{"id": an_id(2), "cmsLocaleId": an_id(9), "fieldData": {}}]})
    change = replace(a_creation(2), item_id=an_id(2), cms_locale_id=an_id(9), is_variant=True)
    (item,) = client.write_items("c", [change], live=True)
    method, path, _, body = script.asked[0]
    assert (item.id, method, path) == (an_id(2), "POST", "/v2/collections/c/items/insert?skipInvalidFiles=false")
    entry = {"id": an_id(2), "cmsLocaleIds": [an_id(9)], "fieldData": {"name": "New 2", "slug": "new-2"}}
    assert json.loads(body) == {"items": [entry | {"isDraft": True, "isArchived": False}]}


@pytest.mark.parametrize("count", [0, 101])
def test_a_wrong_number_of_new_items_never_leaves(client: Webflow, script: Script, count: int) -> None:
    with pytest.raises(ValueError, match="1 to 100"):
        client.write_items("c", [a_creation(number) for number in range(count)])
    assert script.asked == []


@pytest.mark.parametrize("answer", [(500, {}), (503, {}), (504, {}), (202, {"items": [{"fieldData": {}}]})])
def test_a_creation_is_sent_once_whatever_comes_back(script: Script, client: Webflow, answer: Any) -> None:
    script.answer(*answer)
    with pytest.raises(WebflowUnavailable) as told:
        client.write_items("c", [a_creation()])
    assert len(script.asked) == 1 and told.value.verdict.certainty is Certainty.UNCLEAR


def test_new_items_land_in_the_sandbox_as_drafts(demo: Door) -> None:
    collection, data = demo.collection_id("products"), demo.items("products")[0]["fieldData"]
    with demo.client() as webflow:
        made = webflow.write_items(
            collection,
            [a_creation(row, {"price": row, "category": data["category"]}) for row in (2, 3)],
        )
    stored = {item["id"]: item for item in demo.items("products")}
    assert [stored[item.id]["fieldData"]["slug"] for item in made] == ["new-2", "new-3"]
    assert all(stored[item.id]["isDraft"] and stored[item.id]["lastPublished"] is None for item in made)


def test_the_choices_of_an_update_are_in_its_address(script: Script, client: Webflow) -> None:
    script.answer(200, {"items": []})
    client.write_items("c", [a_change()], live=True)
    assert script.asked[0][1] == "/v2/collections/c/items/live?skipInvalidFiles=false"


@pytest.mark.parametrize("count", [0, 101])
def test_a_wrong_number_of_items_never_leaves(client: Webflow, script: Script, count: int) -> None:
    with pytest.raises(ValueError, match="1 to 100"):
        client.write_items("c", [a_change(number) for number in range(count)])
    assert script.asked == []


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), [1.0, float("nan")], {"a": float("inf")}])
def test_numbers_that_json_does_not_know_never_leave(client: Webflow, script: Script, value: object) -> None:
    with pytest.raises(ValueError):
        client.write_items("c", [a_change(2, {"price": value})])
    assert script.asked == []


@pytest.mark.parametrize(
    "answer",
    [{"items": [{"id": an_id(2), "fieldData": {"name": "New"}}]}, {"id": an_id(2), "fieldData": {"name": "New"}}],
    ids=["a list", "one item"],
)
def test_an_update_returns_what_webflow_stored(script: Script, client: Webflow, answer: Any) -> None:
    script.answer(200, answer)
    (item,) = client.write_items("c", [a_change(2)])
    assert (item.id, item.name) == (an_id(2), "New")


def test_an_answer_to_an_update_may_lack_items_but_not_ids(script: Script, client: Webflow) -> None:
    script.answer(200, {})
    assert client.write_items("c", [a_change(2)]) == ()
    script.answers[:] = [(200, {"items": [{"fieldData": {}}]}, {})]
    with pytest.raises(WebflowUnavailable, match="did not answer like Webflow"):
        client.write_items("c", [a_change(2)])


def test_ids_stay_within_their_part_of_the_address(script: Script, client: Webflow) -> None:
    script.answer(200, {"collections": []})
    client.collections("a/../b?x#y")
    assert script.asked[0][1] == "/v2/sites/a%2F..%2Fb%3Fx%23y/collections"


def test_pages_are_followed_by_the_size_that_came(script: Script, client: Webflow) -> None:
    script.answer(200, {"items": [{"id": an_id(n)} for n in range(50)], "pagination": {"total": 70, "limit": 50}})
    script.answer(200, {"items": [{"id": an_id(n)} for n in range(50, 70)], "pagination": {"total": 70, "limit": 50}})
    assert len(list(client.items("c", cms_locale_id="de"))) == 70
    assert [path for _, path, _, _ in script.asked] == [
        "/v2/collections/c/items?limit=100&offset=0&cmsLocaleId=de",
        "/v2/collections/c/items?limit=100&offset=50&cmsLocaleId=de",
    ]


def test_items_are_counted_with_one_request(script: Script, client: Webflow) -> None:
    script.answer(200, {"items": [{"id": an_id(1)}], "pagination": {"total": 480}})
    assert client.item_count("c") == 480
    assert [path for _, path, _, _ in script.asked] == ["/v2/collections/c/items?limit=1&offset=0"]


def test_items_are_counted_one_by_one_when_no_total_is_told(script: Script, client: Webflow) -> None:
    for entries in ([1], [1, 2, 3], []):
        script.answer(200, {"items": [{"id": an_id(number)} for number in entries]})
    assert client.item_count("c") == 3


def test_a_page_without_items_is_no_empty_collection(script: Script, client: Webflow) -> None:
    script.answer(200, {"pagination": {"total": 0}})
    with pytest.raises(WebflowUnavailable, match="did not answer like Webflow"):
        list(client.items("c"))


def test_the_demo_site_is_read_whole(demo: Door) -> None:
    with demo.client() as webflow:
        (site,) = webflow.sites()
        listed = {collection.slug: collection for collection in webflow.collections(site.id)}
        products = webflow.collection(listed["products"].id)
        items = list(webflow.items(products.id))
        assert webflow.item_count(products.id) == 480
    assert listed["products"].fields == ()
    assert {"name", "slug"} <= {field.slug for field in products.fields}
    assert len({item.id for item in items}) == len(items) == 480
    assert sum(entry["path"].endswith("/items") for entry in demo.requests()) == 6


def test_an_update_lands_in_the_sandbox(demo: Door) -> None:
    collection, before = demo.collection_id("products"), demo.items("products")[0]
    with demo.client() as webflow:
        (item,) = webflow.write_items(collection, [a_change(2, {"name": "Grün"}, item_id=before["id"])])
    after = demo.get(f"/collections/{collection}/items/{before['id']}")["fieldData"]
    assert item.name == after["name"] == "Grün"
    assert after == before["fieldData"] | {"name": "Grün"}


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda webflow: webflow.collection(an_id(1)), "This collection does not exist any more"),
        (lambda webflow: webflow.collections(an_id(1)), "This site does not exist any more"),
        (lambda webflow: list(webflow.items(an_id(1))), "This collection does not exist any more"),
    ],
    ids=["collection", "site", "items"],
)
def test_what_is_not_there_is_named(demo: Door, call: Any, words: str) -> None:
    with demo.client() as webflow, pytest.raises(NotFound, match=words):
        call(webflow)


def test_an_unknown_item_is_named(demo: Door) -> None:
    with demo.client() as webflow, pytest.raises(NotFound, match="This item does not exist any more"):
        webflow.write_items(demo.collection_id("products"), [a_change(2, {"price": 1}, item_id=an_id(1))])


def test_wrong_tokens_and_missing_permissions_are_told_apart(sandbox: Sandbox, demo: Door) -> None:
    sandbox.add_world("readonly", scopes={"sites:read", "cms:read"})
    with Webflow("nobody", base_url=sandbox.url) as stranger, pytest.raises(NotConnected, match="does not accept"):
        stranger.sites()
    with Webflow("readonly", base_url=sandbox.url) as reader, pytest.raises(NotConnected, match="cms:write"):
        reader.write_items(demo.collection_id("products"), [a_change()])


@pytest.mark.parametrize("fault", ["429", "500", "503", "dropped", "lost"])
def test_ordered_faults_pass(demo: Door, clock: Clock, fault: str) -> None:
    demo.box.order_fault(fault, count=2, token=demo.token)
    with demo.client(wait=clock.wait, clock=clock) as webflow:
        assert len(webflow.sites()) == 1
    assert clock.sleeps


@pytest.mark.parametrize("fault", ["500", "dropped"])
def test_ordered_faults_that_do_not_pass_end(demo: Door, clock: Clock, fault: str) -> None:
    demo.box.order_fault(fault, count=99, token=demo.token)
    with demo.client(wait=clock.wait, clock=clock) as webflow, pytest.raises(WebflowError):
        webflow.sites()
    assert len(demo.requests()) <= 4
