"""Whoever waits sees how far it is, and a button that ends it at once."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walk import choose_products, connect, press, settle, upload
from tests.conftest import Door
from tests.patience import until

pytestmark = pytest.mark.browser
SLOW_SECONDS = 30.0


def a_file(folder: Path, demo: Door) -> Path:
    path = folder / "prices.csv"
    slugs = [item["fieldData"]["slug"] for item in demo.items("products")[:3]]
    path.write_text("Slug,Price\n" + "".join(f"{slug},{number}.25\n" for number, slug in enumerate(slugs)))
    return path


def asked(demo: Door) -> list[str]:
    """The pages of items that were asked for and answered."""
    return [entry["query"] for entry in demo.requests() if "limit=100" in entry["query"]]


def slow(demo: Door) -> None:
    """From the second page on, items take their time."""
    demo.box.order_fault("slow", count=99, seconds=SLOW_SECONDS, skip=2, method="GET", path="/items", token=demo.token)


def test_items_are_on_their_way_while_the_file_is_chosen(page: Page, demo: Door, tmp_path: Path) -> None:
    path = a_file(tmp_path, demo)
    connect(page, demo.token)
    choose_products(page)
    expect(page.get_by_role("heading", name="Which file brings the new values?")).to_be_visible()
    pages = len(demo.items("products")) // 100
    until(lambda: len(asked(demo)) >= pages, "the items are read while nobody waits for them")
    page.locator("input[type=file]").set_input_files(path)
    settle(page)
    press(page, "Continue to matching")
    expect(page.get_by_text("3 rows matched")).to_be_visible()
    assert len(asked(demo)) == len(set(asked(demo))), "every page was read once"


def test_waiting_for_items_can_be_cancelled_and_nothing_is_lost(page: Page, demo: Door, tmp_path: Path) -> None:
    path = a_file(tmp_path, demo)
    slow(demo)
    connect(page, demo.token)
    choose_products(page)
    page.locator("input[type=file]").set_input_files(path)
    settle(page)
    press(page, "Continue to matching")
    expect(page.get_by_text("Reading the collection's items")).to_be_visible()
    before = asked(demo)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", name="Which file brings the new values?")).to_be_visible()
    assert asked(demo) == before, "the answer under way is not waited for"
    expect(page.get_by_text("prices.csv is loaded")).to_be_visible()
    demo.box.service.faults.clear(demo.token)
    settle(page)
    press(page, "Continue to matching")
    expect(page.get_by_text("3 rows matched")).to_be_visible()


def test_reading_references_can_be_cancelled(page: Page, demo: Door, tmp_path: Path) -> None:
    path = tmp_path / "makers.csv"
    path.write_text(f"Slug,Category\n{next(demo.each_item('products'))['fieldData']['slug']},Mugs\n")
    connect(page, demo.token)
    choose_products(page)
    page.locator("input[type=file]").set_input_files(path)
    settle(page)
    press(page, "Continue to matching")
    categories = f"/collections/{demo.collection_id('categories')}/items"
    demo.box.order_fault("slow", seconds=SLOW_SECONDS, method="GET", path=categories, token=demo.token)
    press(page, "Check the values")
    expect(page.get_by_text("Reading the items that your references point to")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", name="Which column goes where?")).to_be_visible()
    assert not [entry for entry in demo.requests() if entry["path"] == categories and "limit=100" in entry["query"]]
    press(page, "Check the values")
    expect(page.get_by_role("heading", name="Do all values fit?")).to_be_visible()


def test_the_preview_of_an_undo_can_be_cancelled(page: Page, demo: Door, tmp_path: Path) -> None:
    connect(page, demo.token)
    choose_products(page)
    upload(page, a_file(tmp_path, demo))
    press(page, "Preview the changes")
    press(page, "Continue with 3 items")
    press(page, "Update 3 items")
    page.get_by_role("button", name="Undo this run…").wait_for()
    demo.box.order_fault("slow", seconds=SLOW_SECONDS, method="GET", path="/items", token=demo.token)
    press(page, "Undo this run…")
    expect(page.get_by_text("Reading 3 items as they are now")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading", name="3 items updated")).to_be_visible()
    press(page, "Undo this run…")
    expect(page.get_by_role("button", name="Undo 3 items")).to_be_visible()


def test_before_publishing_what_the_items_refer_to_may_be_left_out(page: Page, demo: Door, tmp_path: Path) -> None:
    connect(page, demo.token)
    choose_products(page)
    upload(page, a_file(tmp_path, demo))
    for name in ("Preview the changes", "Continue with 3 items", "Update 3 items"):
        press(page, name)
    categories = f"/collections/{demo.collection_id('categories')}/items"
    slow = demo.box.order_fault("slow", seconds=SLOW_SECONDS, method="GET", path=categories, token=demo.token)
    press(page, "Publish these 3 items")
    expect(page.get_by_text("Reading what these items refer to")).to_be_visible()
    page.get_by_role("button", name="Go on without").click()
    expect(page.get_by_text("What these items refer to was not looked at.")).to_be_visible()
    expect(page.get_by_role("button", name="Publish 3 items")).to_be_visible()
    demo.box.service.faults.withdraw(slow)
    press(page, "Look at it")
    expect(page.get_by_text("What these items refer to was not looked at.")).to_have_count(0)
