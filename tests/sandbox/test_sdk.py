"""Webflow's own Python SDK takes the sandbox for the real thing."""

from collections.abc import Iterator

import httpx
import pytest
from webflow.client import Webflow
from webflow.core.api_error import ApiError
from webflow.environment import WebflowEnvironment

from tests.conftest import Door


@pytest.fixture
def sdk(demo: Door) -> Iterator[Webflow]:
    environment = WebflowEnvironment(base=demo.box.url, data_api=demo.box.url, content_delivery_api=demo.box.url)
    with httpx.Client() as connection:
        yield Webflow(access_token=demo.token, environment=environment, httpx_client=connection)


def test_sites_and_collections_are_read(sdk: Webflow) -> None:
    (site,) = sdk.sites.list().sites or []
    collections = sdk.collections.list(site.id).collections or []
    fields = [sdk.collections.get(collection.id).fields for collection in collections]
    assert site.time_zone == "Europe/Berlin"
    assert {collection.display_name for collection in collections} == {"Categories", "Makers", "Products", "Journal"}
    assert all(fields)


def test_items_are_paged_updated_created_and_published(sdk: Webflow, demo: Door) -> None:
    products = demo.collection_id("products")
    pages = [sdk.collections.items.list_items(products, offset=start, limit=100) for start in range(0, 500, 100)]
    ids = [item.id for page in pages for item in page.items or []]
    assert len(set(ids)) == 480
    sdk.collections.items.update_items(products, items=[{"id": ids[0], "fieldData": {"price": 12.5}}])  # type: ignore
    assert demo.get(f"/collections/{products}/items/{ids[0]}")["fieldData"]["price"] == 12.5
    makers = demo.collection_id("makers")
    made = sdk.collections.items.create_item(
        makers,
        request={"fieldData": {"name": "New", "slug": "new", "email": "n@example.com"}},  # type: ignore
    )
    answer = sdk.collections.items.publish_item(makers, request={"itemIds": [made.id]})  # type: ignore
    assert answer.published_item_ids == [made.id]


def test_refusals_become_its_errors(sdk: Webflow, demo: Door) -> None:
    products = demo.collection_id("products")
    item_id = demo.items("products")[0]["id"]
    with pytest.raises(ApiError) as refused:
        sdk.collections.items.update_items(products, items=[{"id": item_id, "fieldData": {"nope": 1}}])  # type: ignore
    assert refused.value.status_code == 400
    with pytest.raises(ApiError) as missing:
        sdk.collections.get("0" * 24)
    assert missing.value.status_code == 404
