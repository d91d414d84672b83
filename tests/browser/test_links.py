"""Addresses from files stay text: a browser that made links of them would lead people where a stranger wanted."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walk import choose_products, connect, press, settle
from tests.conftest import Door

pytestmark = pytest.mark.browser
DESIGNER = "https://webflow.com/design/tidepool-goods"  # of the site that was updated, on its results
HEADERS = ("https://a.example/price", "www.b.example", "info@c.example", "HTTP://D.EXAMPLE")


def a_file(demo: Door, folder: Path) -> Path:
    """Every name in it is an address: the file's, the headers', the items', and values that are refused."""
    path = folder / "www.file.example info@file.example.csv"
    slugs = [item["fieldData"]["slug"] for item in demo.items("products")[:3]]
    lines = [",".join(("Slug", "Name", "Finish", *HEADERS))]
    lines += [f"{slug},www.item.example {slug},,x,www.v.example,info@v.example,https://v.example" for slug in slugs]
    lines += [f"www.gone.example,me@gone.example,www.option.example{',https://v.example' * 4}"]
    path.write_text("\n".join(lines))
    return path


def expect_no_link_out(page: Page, app_url: str) -> None:
    settle(page)
    addresses = page.locator("[data-testid=stApp] a").evaluate_all("links => links.map(link => link.href)")
    assert [address for address in addresses if not address.startswith((app_url, DESIGNER))] == []


def test_no_address_in_a_file_becomes_a_link_on_any_page(page: Page, app_url: str, demo: Door, tmp_path: Path) -> None:
    connect(page, demo.token)
    choose_products(page)
    path = a_file(demo, tmp_path)
    page.locator("input[type=file]").set_input_files(path)
    for button in (
        "Continue to matching",
        "Check the values",
        "Leave out 1 row with errors and preview",
        "Continue with 3 items",
        "Update 3 items",
    ):
        page.get_by_role("button", name=button).wait_for()
        expect_no_link_out(page, app_url)
        press(page, button)
    expect(page.get_by_role("heading", name="3 of 4 rows updated")).to_be_visible()
    expect_no_link_out(page, app_url)
    press(page, "Undo this run…")
    page.get_by_role("button", name="Undo 3 items").wait_for()
    expect_no_link_out(page, app_url)
    page.get_by_role("link", name="Runs").click()
    expect(page.get_by_role("heading", name="Your runs")).to_be_visible()
    expect_no_link_out(page, app_url)
