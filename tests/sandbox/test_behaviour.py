"""What reports disagree about can be switched; a site publish publishes; no request breaks the sandbox."""

import re
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lib.sandbox.behaviour import SWITCHES, Behaviour
from lib.sandbox.calls import CALLS
from lib.sandbox.faults import WEB_PAGE
from tests.conftest import Door

TABLE = "<p>a</p><table><tr><td>b</td><td>c</td></tr></table>"
CODE = "<p>a</p><pre><code>b()</code></pre>"
EMBED = f'<div data-rt-embed-type="true"><div>{TABLE}</div></div>'
CODE_IN_EMBED = f"<div data-rt-embed-type='true'><div></div>{CODE}</div>"
BINDING = "{{wf {&quot;path&quot;:&quot;name&quot;,&quot;type&quot;:&quot;PlainText&quot;\\} }}"
BINDING_IN_EMBED = f"<div data-rt-embed-type='true'>{BINDING}</div>"


def product(door: Door) -> dict[str, Any]:
    return next(item for item in door.items("products") if item["lastPublished"] and not item["isArchived"])


def patched(door: Door, slug: str, value: Any, collection: str = "products", **query: str) -> requests.Response:
    found = door.items(collection)[0] if collection != "products" else product(door)
    path = f"/collections/{door.collection_id(collection)}/items"
    return door.call("PATCH", path, {"items": [{"id": found["id"], "fieldData": {slug: value}}]}, params=query)


@pytest.mark.parametrize(
    ("switch", "collection", "slug", "value", "usual", "switched"),
    [
        (
            "links_lose_slash",
            "products",
            "shop-link",
            "https://a.example/x/",
            "https://a.example/x/",
            "https://a.example/x",
        ),
        ("emails_lowercased", "makers", "email", "Ada@Example.com", "Ada@Example.com", "ada@example.com"),
        ("tables_flattened", "products", "description", TABLE, TABLE, "<p>a</p>bc"),
        ("tables_flattened", "products", "description", EMBED, EMBED, EMBED),
        ("tables_flattened", "products", "description", f"{TABLE}{EMBED}", f"{TABLE}{EMBED}", f"<p>a</p>bc{EMBED}"),
        ("bindings_spoiled", "products", "description", BINDING, BINDING, BINDING.replace("&", "&amp;")),
        ("bindings_spoiled", "products", "description", BINDING_IN_EMBED, BINDING_IN_EMBED, BINDING_IN_EMBED),
        ("code_emptied", "products", "description", CODE, CODE, None),
        ("code_emptied", "products", "description", CODE_IN_EMBED, CODE_IN_EMBED, CODE_IN_EMBED),
        ("code_tags_emptied", "products", "description", CODE, CODE, "<p>a</p><pre></pre>"),
    ],
)
def test_values_are_stored_as_some_report_or_as_others(
    demo: Door, switch: str, collection: str, slug: str, value: str, usual: str, switched: str | None
) -> None:
    for is_switched, expected in ((False, usual), (True, switched)):
        demo.box.add_world(demo.token, behaviour={switch: is_switched})
        answer = patched(demo, slug, value, collection)
        assert answer.json()["items"][0]["fieldData"].get(slug) == expected


def test_files_may_get_an_address_of_webflows_own(demo: Door) -> None:
    demo.box.add_world(demo.token, behaviour={"files_rehosted": True})
    image = patched(demo, "main-image", {"url": "https://a.example/cups/blue.jpg?v=2"}).json()["items"][0]
    kept = image["fieldData"]["main-image"]
    assert kept["url"] == f"https://cdn.prod.website-files.com/{demo.site_id}/{kept['fileId']}_blue.jpg"


def test_images_of_rich_text_may_get_one_too(demo: Door) -> None:
    demo.box.add_world(demo.token, behaviour={"files_rehosted": True})
    text = '<p>a</p><img alt="x" src="https://a.example/cups/blue.jpg?v=2"><a href="https://a.example/b.jpg">b</a>'
    stored = patched(demo, "description", text).json()["items"][0]["fieldData"]["description"]
    own = re.escape(f"https://cdn.prod.website-files.com/{demo.site_id}/") + "[0-9a-f]{24}_blue.jpg"
    assert re.fullmatch(re.escape(text).replace(re.escape("https://a.example/cups/blue.jpg?v=2"), own), stored)


def test_a_component_names_what_it_is_and_a_new_one_gets_an_id(demo: Door) -> None:
    old = '<wf-component data-w-id="1" component-id="2"><wf-prop name="3">a</wf-prop></wf-component>'
    assert patched(demo, "description", old).json()["items"][0]["fieldData"]["description"] == old
    new = patched(demo, "description", old.replace(' data-w-id="1"', "")).json()["items"][0]["fieldData"]["description"]
    assert re.fullmatch(re.escape(old).replace('data\\-w\\-id="1"', 'data-w-id="[0-9a-f]{24}"'), new)
    assert patched(demo, "description", "<wf-component name='x'></wf-component>").status_code == 400


def test_a_new_component_begins_in_the_primary_locale(demo: Door) -> None:
    locales = demo.get(f"/sites/{demo.site_id}")["locales"]
    for locale, status in ((locales["primary"], 200), (locales["secondary"][0], 400)):
        path = f"/collections/{demo.collection_id('journal')}/items"
        query = {"cmsLocaleId": locale["cmsLocaleId"]}
        item = demo.call("GET", path, params=query).json()["items"][0]
        entry = {"id": item["id"], "cmsLocaleId": locale["cmsLocaleId"]}
        entry |= {"fieldData": {"body": '<wf-component component-id="2"></wf-component>'}}
        assert demo.call("PATCH", path, {"items": [entry]}).status_code == status


def test_a_refused_file_may_be_named(demo: Door) -> None:
    demo.box.add_world(demo.token, behaviour={"files_named": True})
    answer = patched(demo, "main-image", {"url": "https://files.invalid/a.jpg"}, skipInvalidFiles="false").json()
    assert answer["details"][0]["description"] == "Remote file failed to import: https://files.invalid/a.jpg"


@pytest.mark.parametrize("is_switched", [True, False])
def test_an_edit_of_a_published_item_is_a_draft_or_queued(demo: Door, is_switched: bool) -> None:
    demo.box.add_world(demo.token, behaviour={"edits_are_drafts": is_switched})
    assert patched(demo, "price", 5).json()["items"][0]["isDraft"] is is_switched


def test_an_unknown_field_may_be_dropped_silently(demo: Door) -> None:
    demo.box.add_world(demo.token, behaviour={"unknown_fields_ignored": True})
    answer = patched(demo, "nope", 5)
    assert answer.status_code == 200 and "nope" not in answer.json()["items"][0]["fieldData"]


def test_a_reference_may_refuse_to_be_cleared(demo: Door) -> None:
    assert patched(demo, "maker", None).status_code == 200
    demo.box.add_world(demo.token, behaviour={"null_references_refused": True})
    (detail,) = patched(demo, "maker", None).json()["details"]
    assert detail == {"param": "maker", "description": "Expected value to be an ItemRef: 'null'"}


@pytest.mark.parametrize("is_switched", [True, False])
def test_an_archived_item_may_be_told_as_published(demo: Door, is_switched: bool) -> None:
    demo.box.add_world(demo.token, behaviour={"archived_published": is_switched})
    item_id = next(item["id"] for item in demo.items("products") if item["isArchived"])
    path = f"/collections/{demo.collection_id('products')}/items/publish"
    answer = demo.call("POST", path, {"itemIds": [item_id]}).json()
    assert (answer["publishedItemIds"], len(answer["errors"])) == (([item_id], 0) if is_switched else ([], 1))


def test_every_switch_is_explained() -> None:
    assert all(f"`{switch}`" in (Behaviour.__doc__ or "") for switch in SWITCHES)


def test_a_site_publish_publishes_what_is_queued_and_nothing_else(demo: Door) -> None:
    demo.box.add_world(demo.token, behaviour={"edits_are_drafts": False})
    path = f"/collections/{demo.collection_id('products')}/items"
    published = [
        i["id"] for i in demo.items("products") if i["lastPublished"] and not i["isArchived"] and not i["isDraft"]
    ]
    queued, draft, archived, untouched = published[:4]
    entries = [
        {"id": queued, "fieldData": {"price": 77}},
        {"id": draft, "isDraft": True, "fieldData": {"price": 77}},
        {"id": archived, "isArchived": True},
    ]
    assert demo.call("PATCH", path, {"items": entries}).status_code == 200
    before = demo.get(f"{path}/{untouched}")
    assert demo.call("POST", f"/sites/{demo.site_id}/publish", {"publishToWebflowSubdomain": True}).status_code == 202
    now = demo.get(f"{path}/{queued}")
    assert demo.get(f"{path}/{queued}/live")["fieldData"]["price"] == 77
    assert now["lastPublished"] > now["lastUpdated"]
    assert demo.get(f"{path}/{draft}/live")["fieldData"]["price"] != 77
    assert demo.call("GET", f"{path}/{archived}/live").status_code == 404
    assert demo.get(f"{path}/{untouched}") == before


@pytest.mark.parametrize("applied", [True, False])
def test_any_answer_can_be_ordered_before_or_after_the_request_is_carried_out(demo: Door, applied: bool) -> None:
    demo.box.order_fault("body", method="PATCH", token=demo.token, applied=applied)
    demo.box.order_fault("body", method="PATCH", token=demo.token, status=418, body={"items": [7]})
    page, odd, good = (patched(demo, "price", number) for number in (77, 88, 99))
    assert (page.status_code, page.text) == (200, WEB_PAGE)
    assert (odd.status_code, odd.json()) == (418, {"items": [7]})
    assert good.status_code == 200


@pytest.mark.parametrize("applied", [True, False])
def test_an_ordered_answer_says_nothing_about_what_was_applied(demo: Door, applied: bool) -> None:
    demo.box.order_fault("body", method="PATCH", token=demo.token, applied=applied)
    patched(demo, "price", 77)
    assert (product(demo)["fieldData"]["price"] == 77) is applied


scalars = some.sampled_from([None, True, 0, -1, 1.5, "", "x", "0" * 24, 10**30, "0001-01-01T00:00+09:00", "\ud83d"])
NAMES = re.findall(
    r"\S+",
    "items itemIds id fieldData cmsLocaleId cmsLocaleIds isDraft name slug price fields displayName singularName type "
    "metadata options customDomains main-image gallery available-from maker goes-well-with url "
    "publishToWebflowSubdomain",
)
odd = some.recursive(
    scalars,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)
WRITES = [call for call in CALLS if call.method != "GET"]


@pytest.fixture(scope="module")
def addresses(sandbox: Any) -> dict[str, str]:
    sandbox.add_world("odd")
    door = Door(sandbox, "odd")
    collection, item = door.collection_id("products"), product(door)["id"]
    return {"site_id": door.site_id, "collection_id": collection, "item_id": item}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(call=some.sampled_from(WRITES), body=odd, as_item=some.booleans())
def test_odd_bodies_are_refused_and_never_break_it(
    sandbox: Any, addresses: dict[str, str], call: Any, body: Any, as_item: bool
) -> None:
    if as_item:
        body = {"items": [{"id": addresses["item_id"], "fieldData": body}]}
    answer = Door(sandbox, "odd").call(call.method, call.path.format(**addresses), body)
    assert answer.status_code < 500, answer.text


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[" * 100_000, b'{"items": NaN}', b'{"items": 1e999}', b"\xff", b'{"items": [{"id": "\\ud83d"}]}'],
)
def test_bodies_that_are_no_json_are_malformed(demo: Door, body: bytes) -> None:
    address = f"{demo.box.url}/collections/{demo.collection_id('products')}/items"
    answer = requests.patch(address, data=body, headers={"Authorization": f"Bearer {demo.token}"}, timeout=5)
    assert (answer.status_code, answer.json()["message"]) == (400, "Bad Request: Request is malformed")


READS = [call for call in CALLS if call.method == "GET"]
ALWAYS_FAILS = "/token/introspect"  # for a token of a site: seen in the wild


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    call=some.sampled_from(READS),
    query=some.dictionaries(
        some.sampled_from(["limit", "offset", "sortBy", "sortOrder", "cmsLocaleId", "slug", "lastUpdated[gte]"]),
        some.sampled_from(["", "0", "1", "9" * 5000, "٣", "1\n", "-1", "name", "slug", "asc", ",", "\x00"]),
    ),
)
def test_odd_queries_are_refused_and_never_break_it(
    sandbox: Any, addresses: dict[str, str], call: Any, query: dict[str, str]
) -> None:
    answer = Door(sandbox, "odd").call("GET", call.path.format(**addresses), params=query)
    assert (answer.status_code >= 500) == (call.path == ALWAYS_FAILS), answer.text


@pytest.mark.parametrize("is_switched", [True, False])
def test_a_new_item_may_get_an_ending_where_its_page_address_is_taken(demo: Door, is_switched: bool) -> None:
    demo.box.add_world(demo.token, behaviour={"slugs_get_endings": is_switched})
    data = product(demo)["fieldData"]
    answer = demo.call("POST", f"/collections/{demo.collection_id('products')}/items", {"fieldData": data})
    if is_switched:
        assert re.fullmatch(re.escape(data["slug"]) + "-[0-9a-f]{5}", answer.json()["fieldData"]["slug"])
    else:
        assert answer.json()["details"][0]["description"] == f"Unique value is already in database: '{data['slug']}'"


def test_an_insert_adds_a_language_which_follows_the_primary_one_where_it_says_nothing(demo: Door) -> None:
    german = demo.get(f"/sites/{demo.site_id}")["locales"]["secondary"][0]["cmsLocaleId"]
    path, item = f"/collections/{demo.collection_id('products')}/items", demo.items("products")[0]
    entry = {"id": item["id"], "cmsLocaleIds": [german], "fieldData": {"name": "Becher", "slug": "becher"}}
    answer = demo.call("POST", f"{path}/insert", {"items": [entry]})
    (made,) = answer.json()["items"]
    assert (answer.status_code, made["id"], made["cmsLocaleId"], made["isDraft"]) == (202, item["id"], german, True)
    assert made["fieldData"] == item["fieldData"] | {"name": "Becher", "slug": "becher"}
    assert demo.get(f"{path}/{item['id']}") == item


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 400),
        ({"cmsLocaleIds": ["f" * 24]}, 404),
        ({"id": "f" * 24}, 404),
        ({"fieldData": {"slug": "x"}}, 400),
        ({"cmsLocaleIds": "de"}, 400),
    ],
    ids=["it has the language", "no such language", "no such item", "no name", "no list"],
)
def test_an_insert_that_cannot_be_changes_nothing(demo: Door, change: dict[str, Any], status: int) -> None:
    path, item = f"/collections/{demo.collection_id('products')}/items", demo.items("products")[0]
    entry = {"id": item["id"], "cmsLocaleIds": [item["cmsLocaleId"]], "fieldData": {"name": "Becher"}} | change
    assert demo.call("POST", f"{path}/insert", {"items": [entry]}).status_code == status
    assert demo.items("products")[0] == item


def test_an_insert_without_an_id_makes_one_item_in_all_its_languages_and_each_of_them_counts(demo: Door) -> None:
    locales = demo.get(f"/sites/{demo.site_id}")["locales"]
    both = [one["cmsLocaleId"] for one in (locales["primary"], locales["secondary"][0])]
    path = f"/collections/{demo.collection_id('categories')}/items/insert"
    entries = [{"cmsLocaleIds": both, "fieldData": {"name": f"New {n}", "slug": f"new-{n}"}} for n in range(51)]
    assert demo.call("POST", path, {"items": entries}).status_code == 400
    made = demo.call("POST", path, {"items": entries[:2]}).json()["items"]
    assert [(one["cmsLocaleId"], one["fieldData"]["slug"]) for one in made] == [
        (locale, f"new-{n}") for n in range(2) for locale in both
    ]
    assert len({one["id"] for one in made}) == 2
