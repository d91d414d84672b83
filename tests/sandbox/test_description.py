"""Every answer of the sandbox is what Webflow is described to answer, and what Webflow's own SDK reads."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from lib.sandbox.calls import CALLS
from tests.conftest import Door
from tests.sandbox.description import DESCRIPTION, complaints, value_complaints
from tests.sandbox.test_contract import CASES, Stage

SLUGS = ("categories", "makers", "products", "journal")
MORE: dict[str, Callable[[Stage], requests.Response]] = {
    "who gave the token": lambda s: s.door.call("GET", "/token/authorized_by"),
    "one site": lambda s: s.door.call("GET", f"/sites/{s.door.site_id}"),
    "one site publish": lambda s: s.door.call(
        "POST", f"/sites/{s.door.site_id}/publish", {"publishToWebflowSubdomain": True}
    ),
    "collections": lambda s: s.door.call("GET", f"/sites/{s.door.site_id}/collections"),
    "a new collection": lambda s: s.door.call(
        "POST", f"/sites/{s.door.site_id}/collections", {"displayName": "Inks", "singularName": "Ink"}
    ),
    "live items": lambda s: s.door.call("GET", f"{s.items}/live"),
    "one live item": lambda s: s.door.call("GET", f"{s.items}/{s.i}/live"),
    "one item": lambda s: s.door.call("GET", f"{s.items}/{s.i}"),
    "one update": lambda s: s.door.call("PATCH", f"{s.items}/{s.i}", {"fieldData": {"price": 8}}),
    "one live update": lambda s: s.door.call("PATCH", f"{s.items}/{s.i}/live", {"fieldData": {"price": 8}}),
    "one delete": lambda s: s.door.call("DELETE", f"{s.items}/{s.i}"),
    "one unpublish": lambda s: s.door.call("DELETE", f"{s.items}/{s.i}/live"),
    "a new maker": lambda s: s.door.call("POST", makers(s), {"fieldData": maker("a")}),
    "two new makers": lambda s: s.door.call("POST", makers(s), {"items": [{"fieldData": maker(n)} for n in "ab"]}),
    "a new live maker": lambda s: s.door.call("POST", f"{makers(s)}/live", {"fieldData": maker("a")}),
    "a new maker in a locale": lambda s: s.door.call("POST", f"{makers(s)}/bulk", {"fieldData": maker("a")}),
} | {
    f"the collection {slug}": lambda s, slug=slug: s.door.call("GET", f"/collections/{s.door.collection_id(slug)}")
    for slug in SLUGS
}
ASKED = {name: ask for name, ask, *_ in CASES} | MORE


def makers(stage: Stage) -> str:
    return f"/collections/{stage.door.collection_id('makers')}/items"


def maker(name: str) -> dict[str, str]:
    return {"name": name, "slug": name, "email": f"{name}@example.com"}


def held(response: requests.Response, body: Any) -> list[str]:
    request = response.request
    path = (request.path_url or "").removeprefix("/v2")
    return complaints(request.method or "", path, response.status_code, body)


@pytest.mark.parametrize("name", ASKED)
def test_every_answer_fits_the_description_and_the_sdk(demo: Door, name: str) -> None:
    response = ASKED[name](Stage(demo))
    assert held(response, response.json() if response.content else None) == []


@pytest.mark.parametrize("name", MORE)
def test_these_calls_succeed(demo: Door, name: str) -> None:
    assert MORE[name](Stage(demo)).ok


def test_every_call_of_the_sandbox_is_described() -> None:
    assert {f"{call.method} {call.path}" for call in CALLS} == set(DESCRIPTION["calls"])


def test_every_part_of_the_description_says_where_it_is_from() -> None:
    parts = {name: part for name, part in DESCRIPTION["schemas"].items() if part.get("type") == "object"}
    assert [name for name, part in parts.items() if not part.get("source")] == []
    answers = {name for call in DESCRIPTION["calls"].values() for name in call.values()}
    assert answers <= set(DESCRIPTION["schemas"])


@pytest.mark.parametrize("slug", SLUGS)
def test_what_a_field_holds_fits_its_type(demo: Door, slug: str) -> None:
    fields = demo.get(f"/collections/{demo.collection_id(slug)}")["fields"]
    types = {field["slug"]: field["type"] for field in fields}
    wrong = [
        (item["id"], key, value_complaints(types[key], value))
        for item in demo.items(slug)
        for key, value in item["fieldData"].items()
    ]
    assert [entry for entry in wrong if entry[2]] == []


def damaged(body: Any) -> Iterator[Any]:
    """The answer with one key missing, one too many, or one value of another kind, at each place but in fieldData."""
    if isinstance(body, list):
        for place, entry in enumerate(body):
            for part in damaged(entry):
                yield [*body[:place], part, *body[place + 1 :]]
    elif isinstance(body, dict):
        yield body | {"surprise": 1}
        for key, value in body.items():
            yield body | {key: {"of": "another kind"}} if key != "fieldData" else body | {key: {}}
            if key in ("id", "items", "fieldData", "message", "details"):
                yield {name: kept for name, kept in body.items() if name != key}
            for part in damaged(value) if key != "fieldData" else ():
                yield body | {key: part}


@pytest.mark.parametrize("name", ["one item", "two new makers", "one site", "11 wild: offset past the end"])
def test_an_answer_that_is_not_webflows_is_noticed(demo: Door, name: str) -> None:
    response = ASKED[name](Stage(demo))
    body = response.json()
    for wrong in damaged(copy.deepcopy(body)):
        assert held(response, wrong), wrong
