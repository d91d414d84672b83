"""Every case of Webflow's contract that an importer can meet, one row each.

Marks: documented by Webflow; wild or seen, from a real answer that was recorded or quoted; used, matched by somebody's
production code; ours, where the real behaviour is unknown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import requests

from tests.conftest import Door

UNKNOWN = "0" * 24
FIRST_DAY = "0001-01-01T00:00:00+05:00"
NOT_A_URL = "Expected value to be a valid URL string:"
NO_FIELD = [{"param": "nope", "description": "Field not described in schema: undefined"}]
EMPTY: dict[str, Any] = {"fieldData": {}}
NOT_LOADED = "https://files.invalid/a.jpg"


@dataclass
class Stage:
    """A small site: one collection with every kind of field, items in each status, a second locale."""

    door: Door

    def __post_init__(self) -> None:
        self.c = self.door.collection_id("products")
        items = self.door.items("products")
        self.i, self.j = [i["id"] for i in items if i["lastPublished"] and not i["isArchived"]][:2]
        self.draft = next(i["id"] for i in items if i["isDraft"])
        self.archived = next(i["id"] for i in items if i["isArchived"])
        self.first = {i["id"]: i for i in items}
        self.journal = self.door.collection_id("journal")
        self.german = self.door.get("/sites")["sites"][0]["locales"]["secondary"][0]["cmsLocaleId"]
        listed = self.door.get(f"/collections/{self.journal}/items?cmsLocaleId={self.german}")["items"]
        self.translated = listed[0]["id"]
        self.untranslated = next(
            i["id"] for i in self.door.items("journal") if i["id"] not in {entry["id"] for entry in listed}
        )

    @property
    def items(self) -> str:
        return f"/collections/{self.c}/items"

    def now(self, item_id: str, path: str = "") -> dict[str, Any]:
        return dict(self.door.get(f"/collections/{self.c}/items/{item_id}{path}"))

    def patch(self, *entries: dict[str, Any], path: str = "", query: str = "") -> requests.Response:
        return self.door.call("PATCH", f"{self.items}{path}{query}", {"items": list(entries)})

    def field(self, **data: Any) -> requests.Response:
        return self.patch({"id": self.i, "fieldData": {k.replace("_", "-"): v for k, v in data.items()}})


Case = tuple[str, Callable[[Stage], requests.Response], int, Callable[[Any, Stage], bool]]


ITEM_CODE = "resource_not_found"


def error(code: str, message: str = "", details: Any = None) -> Callable[[Any, Stage], bool]:
    def fits(body: Any, stage: Stage) -> bool:
        return (
            list(body) == ["message", "code", "externalReference", "details"]
            and body["code"] == code
            and message in body["message"]
            and (details is None or body["details"] == details)
        )

    return fits


def described(param: str, text: str = "") -> Callable[[Any, Stage], bool]:
    return lambda body, s: body["details"][0]["param"] == param and text in body["details"][0]["description"]


def refused(param: str, text: str) -> Callable[[Any, Stage], bool]:
    """Refused with this text and no other: it names neither the value nor the item."""
    return lambda body, s: body["details"] == [{"param": param, "description": text}]


def untouched(check: Callable[[Any, Stage], bool]) -> Callable[[Any, Stage], bool]:
    """The check, and nothing was written to the first item."""
    return lambda body, s: check(body, s) and s.now(s.i) == s.first[s.i]


def with_token(token: str, path: str = "/sites") -> Callable[[Stage], requests.Response]:
    return lambda s: Door(s.door.box, token).call("GET", path)


def without_scope(s: Stage) -> requests.Response:
    s.door.box.add_world("reader", scopes={"sites:read", "cms:read"})
    return Door(s.door.box, "reader").call("PATCH", s.items, {"items": [{"id": s.i}]})


def spent(s: Stage) -> requests.Response:
    s.door.box.add_world("poor", budget=60)
    door = Door(s.door.box, "poor")
    return [door.call("GET", "/sites") for _ in range(61)][-1]


def published_twice(s: Stage) -> requests.Response:
    calls = [
        s.door.call("POST", f"/sites/{s.door.site_id}/publish", {"publishToWebflowSubdomain": True}) for _ in range(2)
    ]
    assert calls[0].status_code == 202
    return calls[1]


def on_new_site(s: Stage, method: str = "POST", path: str = "/publish", body: Any = None) -> requests.Response:
    s.door.box.add_world("new", seed="empty")
    door = Door(s.door.box, "new")
    made = door.call("POST", f"/sites/{door.site_id}/collections", {"displayName": "A", "singularName": "B"}).json()
    return door.call(method, f"/collections/{made['id']}/items{path}", body or {"itemIds": [UNKNOWN]})


def archived_since(s: Stage) -> requests.Response:
    assert s.patch({"id": s.i, "isArchived": True}).status_code == 200
    return s.patch({"id": s.i, "fieldData": {"price": 1}}, path="/live")


def with_new_field(s: Stage) -> Stage:
    s.door.box.plant(s.door.token, fields=[{"collectionId": s.c, "type": "PlainText", "displayName": "Shelf"}])
    return s


def published(s: Stage) -> Stage:
    answer = s.door.call("POST", f"/sites/{s.door.site_id}/publish", {"publishToWebflowSubdomain": True})
    assert answer.status_code == 202
    return s


def images(count: int) -> list[dict[str, str]]:
    return [{"url": f"https://a.example/{number}.jpg"} for number in range(count)]


def unlocalised(s: Stage) -> requests.Response:
    s.door.box.add_world("plain", seed="empty")
    return Door(s.door.box, "plain").call("GET", "/sites")


GET = lambda path: lambda s: s.door.call("GET", path(s))  # noqa: E731
OK: Callable[[Any, Stage], bool] = lambda body, s: True  # noqa: E731
NOT_FOUND = error("resource_not_found", "Requested resource not found", [])
ITEM = "Requested resource not found"

CASES: list[Case] = [
    ("01 wild: no or wrong token", with_token("wrong"), 401, error("not_authorized", "Request not authorized", [])),
    ("02 wild: missing scope", without_scope, 403, error("missing_scopes", "following scopes - 'cms:write'", [])),
    ("03 wild: unknown address", GET(lambda s: "/nope"), 404, lambda b, s: b["errorEnum"] == "RouteNotFound"),
    ("04 documented: sites", GET(lambda s: "/sites"), 200, lambda b, s: list(b) == ["sites"]),
    ("05 wild: bad site id", GET(lambda s: "/sites/xyz"), 400, error("validation_error", "invalid: Site ID", [])),
    ("06 documented: unknown site", GET(lambda s: f"/sites/{UNKNOWN}"), 404, error("resource_not_found", "The site")),
    ("07 wild: bad collection id", GET(lambda s: "/collections/xyz"), 400, error("validation_error", "Collection ID")),
    (
        "08 wild: unknown collection",
        GET(lambda s: f"/collections/{UNKNOWN}"),
        404,
        error("resource_not_found", "The collection cannot be found", []),
    ),
    (
        "09 wild: limit is cut to 100",
        GET(lambda s: f"{s.items}?limit=500"),
        200,
        lambda b, s: len(b["items"]) == 100 == b["pagination"]["limit"],
    ),
    (
        "10 wild: limit of 0",
        GET(lambda s: f"{s.items}?limit=0"),
        400,
        error("validation_error", 'Validation Error: ["Value (limit) should match pattern \\"^[1-9]\\\\d*$\\""]', []),
    ),
    (
        "11 wild: offset past the end",
        GET(lambda s: f"{s.items}?offset=9999"),
        200,
        lambda b, s: b["items"] == [] and b["pagination"]["total"] == 480,
    ),
    (
        "12 documented: exact slug",
        GET(lambda s: f"{s.items}?slug={s.first[s.i]['fieldData']['slug']}"),
        200,
        lambda b, s: [i["id"] for i in b["items"]] == [s.i],
    ),
    ("13 ours: bad sort key", GET(lambda s: f"{s.items}?sortBy=colour"), 400, error("validation_error", "sortBy")),
    ("14 wild: unknown item", GET(lambda s: f"{s.items}/{UNKNOWN}"), 404, NOT_FOUND),
    ("15 wild: bad item id", GET(lambda s: f"{s.items}/xyz"), 400, error("validation_error", "Provided ID is invalid")),
    ("16 wild: never published has no live", GET(lambda s: f"{s.items}/{s.draft}/live"), 404, NOT_FOUND),
    (
        "17 wild: one field changes",
        lambda s: s.field(price=1),
        200,
        lambda b, s: (
            b["items"][0]["fieldData"] == s.first[s.i]["fieldData"] | {"price": 1}
            and b["items"][0]["lastUpdated"] > s.first[s.i]["lastUpdated"]
            and b["items"][0]["lastPublished"] == s.first[s.i]["lastPublished"]
        ),
    ),
    (
        "18 documented: two items",
        lambda s: s.patch(*({"id": x, "fieldData": {"price": 2}} for x in (s.i, s.j))),
        200,
        lambda b, s: {i["id"] for i in b["items"]} == {s.i, s.j},
    ),
    ("19a ours: no items", lambda s: s.door.call("PATCH", s.items, {}), 400, error("validation_error", "'items'", [])),
    ("19b ours: empty list", lambda s: s.patch(), 400, error("validation_error", "fewer than 1", [])),
    ("19c ours: no id", lambda s: s.patch({"fieldData": {}}), 400, error("validation_error", "'id'", [])),
    (
        "19d ours: not a list",
        lambda s: s.door.call("PATCH", s.items, {"items": 5}),
        400,
        error("validation_error", "should be array", []),
    ),
    (
        "20 ours: 101 entries",
        lambda s: s.patch(*[{"id": s.i}] * 101),
        400,
        error("validation_error", "NOT have more than 100 items", []),
    ),
    (
        "21 documented: broken JSON",
        lambda s: requests.patch(
            s.door.box.url + s.items, data="{", headers={"Authorization": f"Bearer {s.door.token}"}, timeout=5
        ),
        400,
        error("bad_request", "Bad Request: Request is malformed", []),
    ),
    (
        "22 ours: flag as text",
        lambda s: s.patch({"id": s.i, "isDraft": "false"}),
        400,
        error("validation_error", "Value (items[0].isDraft) should be boolean", []),
    ),
    (
        "23 wild: unknown field and nothing written",
        lambda s: s.patch({"id": s.i, "fieldData": {"price": 3}}, {"id": s.j, "fieldData": {"nope": 1}}),
        400,
        untouched(error("validation_error", "Validation Error", NO_FIELD)),
    ),
    (
        "24 wild: slug of another item",
        lambda s: s.field(slug=s.first[s.j]["fieldData"]["slug"]),
        400,
        untouched(described("slug", "Unique value is already in database: '")),
    ),
    ("25 ours: own slug unchanged", lambda s: s.field(slug=s.first[s.i]["fieldData"]["slug"]), 200, OK),
    (
        "26 ours: two entries swap slugs",
        lambda s: s.patch(
            {"id": s.i, "fieldData": {"slug": s.first[s.j]["fieldData"]["slug"]}},
            {"id": s.j, "fieldData": {"slug": s.first[s.i]["fieldData"]["slug"]}},
        ),
        400,
        untouched(described("slug", "Unique value")),
    ),
    (
        "27 ours: bad entry id",
        lambda s: s.patch({"id": "xyz"}),
        400,
        error("validation_error", "Provided ID is invalid"),
    ),
    (
        "28 ours: unknown entry id and nothing written",
        lambda s: s.patch({"id": s.i, "fieldData": {"price": 3}}, {"id": UNKNOWN, "fieldData": {}}),
        404,
        untouched(NOT_FOUND),
    ),
    (
        "29 wild: no variant in this locale",
        lambda s: s.door.call(
            "PATCH",
            f"/collections/{s.journal}/items",
            {"items": [{"id": s.untranslated, "cmsLocaleId": s.german, "fieldData": {}}]},
        ),
        404,
        NOT_FOUND,
    ),
    (
        "30 documented: one id in two locales",
        lambda s: s.door.call(
            "PATCH",
            f"/collections/{s.journal}/items",
            {"items": [{"id": s.translated, **EMPTY}, {"id": s.translated, "cmsLocaleId": s.german, **EMPTY}]},
        ),
        200,
        lambda b, s: len({i["cmsLocaleId"] for i in b["items"]}) == 2,
    ),
    (
        "31 ours: same id and locale twice",
        lambda s: s.patch(*[{"id": s.i, **EMPTY}] * 2),
        400,
        error("validation_error"),
    ),
    (
        "32a ours: text in a number",
        lambda s: s.field(price="9"),
        400,
        described("price", "to be a number"),
    ),
    ("32b ours: number in a text", lambda s: s.field(summary=9), 400, described("summary", "to be a string")),
    ("32c ours: text in a switch", lambda s: s.field(on_sale="yes"), 400, described("on-sale", "to be a boolean")),
    ("33 ours: option by name", lambda s: s.field(finish="Glossy"), 400, described("finish")),
    (
        "34 wild: unknown reference",
        lambda s: s.field(maker=UNKNOWN),
        400,
        described("maker", "Referenced item"),
    ),
    (
        "35 wild: image without url",
        lambda s: s.field(main_image={"fileId": UNKNOWN}),
        400,
        described("main-image", "Expected value to have a 'url' field"),
    ),
    (
        "36 documented: bad image is skipped",
        lambda s: s.field(main_image={"url": NOT_LOADED}, price=4),
        200,
        lambda b, s: (
            b["items"][0]["fieldData"]["price"] == 4
            and b["items"][0]["fieldData"]["main-image"] == s.first[s.i]["fieldData"]["main-image"]
        ),
    ),
    (
        "37 documented: bad image refuses all",
        lambda s: s.patch(
            {"id": s.i, "fieldData": {"main-image": {"url": NOT_LOADED}, "price": 4}}, query="?skipInvalidFiles=false"
        ),
        400,
        untouched(refused("main-image", "Remote file failed to import")),
    ),
    (
        "38 wild: null and empty text clear",
        lambda s: s.field(summary=None, sku=""),
        200,
        lambda b, s: not {"summary", "sku"} & set(b["items"][0]["fieldData"]),
    ),
    (
        "39 wild: emptied list reads back empty",
        lambda s: s.field(goes_well_with=[]),
        200,
        lambda b, s: b["items"][0]["fieldData"]["goes-well-with"] == [],
    ),
    ("40 used: required field null", lambda s: s.field(price=None), 400, described("price", "cannot be cleared")),
    ("41a ours: number too small", lambda s: s.field(price=-1), 400, described("price")),
    ("41b used: text too long", lambda s: s.field(summary="x" * 161), 400, refused("summary", "Is too long")),
    (
        "42 wild: video as text reads as object",
        lambda s: s.field(film="https://youtu.be/x"),
        200,
        lambda b, s: b["items"][0]["fieldData"]["film"]["url"] == "https://youtu.be/x",
    ),
    (
        "43 documented: draft of a published item",
        lambda s: s.patch({"id": s.i, "isDraft": True}),
        200,
        lambda b, s: b["items"][0]["isDraft"] and not s.now(s.i, "/live")["isDraft"],
    ),
    (
        "44 documented: archived stays live",
        lambda s: s.patch({"id": s.i, "isArchived": True}),
        200,
        lambda b, s: b["items"][0]["isArchived"] and s.now(s.i, "/live")["id"] == s.i,
    ),
    (
        "45 documented: live update of a never published item",
        lambda s: s.patch({"id": s.draft, "fieldData": {"price": 1}}, path="/live"),
        409,
        error("conflict", "Live PATCH updates can't be applied to items that have never been published", []),
    ),
    (
        "46 wild: live update",
        lambda s: s.patch({"id": s.i, "fieldData": {"price": 6}}, path="/live"),
        200,
        lambda b, s: s.now(s.i)["fieldData"]["price"] == s.now(s.i, "/live")["fieldData"]["price"] == 6,
    ),
    (
        "47 wild: publish with an unknown id",
        lambda s: s.door.call("POST", f"{s.items}/publish", {"itemIds": [s.i, UNKNOWN]}),
        202,
        lambda b, s: b == {"publishedItemIds": [s.i], "errors": [f"Staging item ID {UNKNOWN} not found."]},
    ),
    (
        "48 wild: publish an archived item",
        lambda s: s.door.call("POST", f"{s.items}/publish", {"itemIds": [s.archived]}),
        202,
        lambda b, s: b["errors"] == [f"Staging item ID {s.archived} is archived and cannot be published."],
    ),
    (
        "49 wild: publish a draft",
        lambda s: s.door.call("POST", f"{s.items}/publish", {"items": [{"id": s.draft}]}),
        202,
        lambda b, s: not s.now(s.draft)["isDraft"] and s.now(s.draft)["lastPublished"] == s.now(s.draft)["lastUpdated"],
    ),
    ("50 used: publish on a new site", on_new_site, 409, error("conflict", "Conflict: The site hasn't been published")),
    ("51a documented: delete", lambda s: s.door.call("DELETE", s.items, {"items": [{"id": alone(s)}]}), 204, OK),
    (
        "51b used: delete what others refer to",
        lambda s: s.door.call("DELETE", f"/collections/{s.door.collection_id('makers')}/items/{maker(s)}"),
        409,
        error("conflict", "Conflict: This item is still being used by: ", []),
    ),
    (
        "52 documented: unpublish",
        lambda s: s.door.call("DELETE", f"{s.items}/live", {"items": [{"id": s.i}]}),
        204,
        lambda b, s: (
            s.now(s.i)["isDraft"] and s.now(s.i)["lastPublished"] is None and s.now(s.i, "/live")["code"] == ITEM_CODE
        ),
    ),
    (
        "53 wild: unpublish what never was live",
        lambda s: s.door.call("DELETE", f"{s.items}/{s.draft}/live"),
        404,
        NOT_FOUND,
    ),
    (
        "54 wild: create without a name",
        lambda s: s.door.call("POST", s.items, {"fieldData": {}}),
        400,
        error("validation_error", "Value (fieldData) should have required property 'name'", []),
    ),
    (
        "55 wild: create without a slug",
        lambda s: s.door.call(
            "POST",
            s.items,
            {"fieldData": {"name": s.first[s.i]["fieldData"]["name"], "price": 1, "category": category(s)}},
        ),
        202,
        lambda b, s: b["fieldData"]["slug"].startswith(s.first[s.i]["fieldData"]["slug"] + "-"),
    ),
    ("56 documented: call 61 in a window", spent, 429, error("too_many_requests", "Too Many Requests", [])),
    ("57 documented: two site publishes", published_twice, 429, error("too_many_requests")),
    (
        "58 wild: introspect with a site token",
        GET(lambda s: "/token/introspect"),
        500,
        error("internal_error", "An Internal Error Occurred", []),
    ),
    (
        "60 used: an entry with nothing to change",
        lambda s: s.patch({"id": s.i}),
        400,
        error("validation_error", "Missing"),
    ),
    (
        "61 used: a link that is none",
        lambda s: s.field(shop_link="mike"),
        400,
        refused("shop-link", f"{NOT_A_URL} 'mike'"),
    ),
    ("62 ours: a link within the site", lambda s: s.field(shop_link="/mugs"), 200, OK),
    ("63 used: 26 images", lambda s: s.field(gallery=images(26)), 400, described("gallery")),
    ("64 used: 25 images", lambda s: s.field(gallery=images(25)), 200, OK),
    (
        "65 used: a document as image",
        lambda s: s.patch(
            {"id": s.i, "fieldData": {"main-image": {"url": "https://a.example/a.pdf"}}},
            query="?skipInvalidFiles=false",
        ),
        400,
        refused("main-image", "Remote file failed to import: Unsupported file type"),
    ),
    (
        "66 used: an image that is too large",
        lambda s: s.patch(
            {"id": s.i, "fieldData": {"main-image": {"url": "https://too-large.invalid/a.jpg"}}},
            query="?skipInvalidFiles=false",
        ),
        400,
        refused("main-image", "Remote image failed to import: File size limit reached"),
    ),
    (
        "67 seen: a slug that begins with a hyphen",
        lambda s: s.field(slug="-x"),
        400,
        described("slug", "alphanumerical"),
    ),
    ("68 seen: one that begins with an underscore", lambda s: s.field(slug="_x-"), 200, OK),
    ("69 documented: a colour that is none", lambda s: s.field(glaze="notacolour"), 400, described("glaze", "a color")),
    ("70 documented: a colour by name", lambda s: s.field(glaze="RebeccaPurple"), 200, OK),
    ("71 seen: a name with a line break", lambda s: s.field(name="a\nb"), 200, OK),
    (
        "72 ours: the first day of all",
        lambda s: s.field(available_from=FIRST_DAY),
        400,
        described("available-from", "ISO 8601"),
    ),
    (
        "73 seen: live update of an item archived since",
        archived_since,
        409,
        error("conflict", "items that have never been published", []),
    ),
    (
        "74 seen: live update after a field was added",
        lambda s: with_new_field(s).patch({"id": s.i, "fieldData": {"price": 1}}, path="/live"),
        409,
        untouched(error("conflict", "Conflict: The collection structure changed since the last publish", [])),
    ),
    (
        "75 seen: publish after a field was added",
        lambda s: with_new_field(s).door.call("POST", f"{s.items}/publish", {"itemIds": [s.i]}),
        409,
        untouched(error("conflict", "Conflict: The collection structure changed since the last publish", [])),
    ),
    (
        "76 used: a field added since the last publish",
        lambda s: with_new_field(s).field(shelf="A"),
        400,
        described("shelf"),
    ),
    ("77 used: the same after a publish", lambda s: published(with_new_field(s)).field(shelf="A"), 200, OK),
    (
        "78 used: live update on a new site",
        lambda s: on_new_site(s, "PATCH", "/live", {"items": [{"id": UNKNOWN, **EMPTY}]}),
        409,
        error("conflict", "Conflict: The site is not published", []),
    ),
    (
        "79 documented: publish to an unknown domain",
        lambda s: s.door.call("POST", f"/sites/{s.door.site_id}/publish", {"customDomains": [UNKNOWN]}),
        400,
        error("invalid_domain", "Please send a valid custom domain ID", []),
    ),
    (
        "80 used: update of a published item",
        lambda s: s.field(price=1),
        200,
        lambda b, s: b["items"][0]["isDraft"] and not s.now(s.i, "/live")["isDraft"],
    ),
    ("59 wild: site without localisation", unlocalised, 200, lambda b, s: b["sites"][0]["locales"] is None),
]


def category(s: Stage) -> str:
    return str(s.first[s.i]["fieldData"]["category"])


def maker(s: Stage) -> str:
    return str(s.first[s.i]["fieldData"]["maker"])


def alone(s: Stage) -> str:
    """An item that no other refers to."""
    used = {one for item in s.first.values() for one in item["fieldData"].get("goes-well-with", [])}
    return next(item_id for item_id in s.first if item_id not in used)


@pytest.mark.parametrize(("name", "ask", "status", "fits"), CASES, ids=[c[0] for c in CASES])
def test_the_contract_is_kept(demo: Door, name: str, ask: Any, status: int, fits: Any) -> None:
    stage = Stage(demo)
    response = ask(stage)
    body = response.json() if response.content else None
    assert response.status_code == status, body
    assert fits(body, stage), body
    if status not in (401,) and "RouteNotFound" not in response.text:
        assert "X-RateLimit-Limit" in response.headers
