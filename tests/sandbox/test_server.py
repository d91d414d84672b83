"""The sandbox as a server: worlds, rates, faults, the command line, and a believable demo site."""

import subprocess
import sys
from collections import Counter

import pytest
import requests

from lib.sandbox import Sandbox
from lib.sandbox.rate import Window
from tests.conftest import Door


def test_worlds_are_separate(sandbox: Sandbox, demo: Door) -> None:
    sandbox.add_world("neighbour")
    neighbour = Door(sandbox, "neighbour")
    item = demo.items("products")[0]
    path = f"/collections/{demo.collection_id('products')}/items"
    demo.call("PATCH", path, {"items": [{"id": item["id"], "fieldData": {"price": 1}}]})
    assert neighbour.get(f"{path}/{item['id']}")["fieldData"]["price"] == item["fieldData"]["price"]


def test_every_visitor_sees_the_same_demo_site(sandbox: Sandbox, demo: Door) -> None:
    sandbox.add_world("other")
    assert Door(sandbox, "other").items("products") == demo.items("products")


def test_demo_site_holds_every_writable_type_and_status(demo: Door) -> None:
    from lib.model.collection import FieldType

    collections = demo.get(f"/sites/{demo.site_id}/collections")["collections"]
    fields = [f for c in collections for f in demo.get(f"/collections/{c['id']}")["fields"]]
    items = demo.items("products")
    flags = Counter((i["isDraft"], i["isArchived"], i["lastPublished"] is None) for i in items)
    assert {t.value for t in FieldType} - {"unknown", "alt text"} <= {f["type"] for f in fields}
    assert len(items) >= 450
    assert {(False, False, False), (True, False, True), (False, True, True)} <= set(flags)
    assert len({i["fieldData"]["slug"] for i in items}) == len(items)


def test_demo_items_pass_the_demo_sites_own_rules(demo: Door) -> None:
    for slug in ("categories", "makers", "products", "journal"):
        path = f"/collections/{demo.collection_id(slug)}/items"
        kinds = {f["slug"]: f["type"] for f in demo.get(f"/collections/{demo.collection_id(slug)}")["fields"]}
        for item in demo.items(slug)[:60]:
            data = {k: v["url"] if kinds[k] == "VideoLink" else v for k, v in item["fieldData"].items()}
            answer = demo.call("PATCH", path, {"items": [{"id": item["id"], "fieldData": data}]})
            assert answer.status_code == 200, answer.text


def test_window_starts_with_the_first_call_and_ends_after_its_seconds() -> None:
    now = [100.0]
    window = Window(2, 60.0, lambda: now[0])
    assert [window.take(), window.take(), window.take()] == [True, True, False]
    now[0] = 159.2
    assert window.headers() == {"X-RateLimit-Limit": "2", "X-RateLimit-Remaining": "0", "Retry-After": "1"}
    now[0] = 160.0
    assert window.take()


@pytest.mark.parametrize(("kind", "status"), [("429", 429), ("500", 500), ("503", 503)])
def test_ordered_answers_come_as_often_as_ordered(demo: Door, kind: str, status: int) -> None:
    order = {"kind": kind, "count": 2, "method": "GET", "path": "/sites", "token": demo.token}
    requests.post(f"{demo.box.root}/sandbox/faults", json=order, timeout=5)
    assert [demo.call("GET", "/sites").status_code for _ in range(3)] == [status, status, 200]


@pytest.mark.parametrize(("kind", "applied"), [("dropped", False), ("lost", True)])
def test_dropped_and_lost_differ_in_what_was_applied(demo: Door, kind: str, applied: bool) -> None:
    item = demo.items("products")[0]
    path = f"/collections/{demo.collection_id('products')}/items"
    demo.box.order_fault(kind, method="PATCH", token=demo.token)
    with pytest.raises(requests.ConnectionError):
        demo.call("PATCH", path, {"items": [{"id": item["id"], "fieldData": {"price": 77}}]})
    assert (demo.get(f"{path}/{item['id']}")["fieldData"]["price"] == 77) is applied


def test_collections_with_fields_can_be_made_and_filled(empty: Door) -> None:
    body = {
        "displayName": "Cars",
        "singularName": "Car",
        "fields": [
            {"type": "Number", "displayName": "Doors", "isRequired": True, "metadata": {"format": "integer"}},
            {"type": "Option", "displayName": "Fuel", "metadata": {"options": [{"name": "Wind"}]}},
        ],
    }
    made = empty.call("POST", f"/sites/{empty.site_id}/collections", body).json()
    option = made["fields"][-1]["validations"]["options"][0]["id"]
    item = {"fieldData": {"name": "A", "doors": 4, "fuel": option}}
    created = empty.call("POST", f"/collections/{made['id']}/items", item).json()
    assert [f["slug"] for f in made["fields"]] == ["name", "slug", "doors", "fuel"]
    assert len(option) == 32
    assert created["fieldData"] == {"name": "A", "slug": "a", "doors": 4, "fuel": option}


def test_ranges_and_order_of_lists(demo: Door) -> None:
    path = f"/collections/{demo.collection_id('journal')}/items"
    items = demo.items("journal")
    assert items == sorted(items, key=lambda i: i["createdOn"], reverse=True)
    middle = sorted(i["lastUpdated"] for i in items)[10]
    later = demo.get(f"{path}?lastUpdated[gte]={middle}")["items"]
    assert {i["id"] for i in later} == {i["id"] for i in items if i["lastUpdated"] >= middle}
    names = [i["fieldData"]["name"] for i in demo.get(f"{path}?sortBy=name&sortOrder=asc")["items"]]
    assert names == sorted(names)


def test_alone_it_prints_one_line_and_serves() -> None:
    command = [
        sys.executable,
        "-m",
        "lib.sandbox",
        "--port",
        "0",
        "--token",
        "abc",
        "--seed",
        "empty",
        "--fault",
        "503",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        url = line.split()[3]
        answers = [requests.get(f"{url}/sites", headers={"Authorization": "Bearer abc"}, timeout=5) for _ in range(2)]
        process.terminate()
    assert line.startswith("Sandbox ready at http://127.0.0.1:")
    assert [answer.status_code for answer in answers] == [503, 200]
