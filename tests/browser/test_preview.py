"""The preview in a real browser: a bar that is clicked shows its changes."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walk import choose_products, connect, press, settle, upload
from tests.conftest import Door

pytestmark = pytest.mark.browser


def a_file(demo: Door, folder: Path) -> Path:
    """Four items get another price, two of them a summary that browsers and Markdown would act on."""
    slugs = [item["fieldData"]["slug"] for item in demo.items("products")[:4]]
    hostile = "<img src=x onerror=alert(1)> **bold** [x](https://evil.example)"
    lines = ["Slug,Price,Summary", *(f"{slug},{500 + n},{hostile if n < 2 else ''}" for n, slug in enumerate(slugs))]
    path = folder / "prices.csv"
    path.write_text("\n".join(lines))
    return path


def to_preview(page: Page, demo: Door, folder: Path) -> None:
    connect(page, demo.token)
    choose_products(page)
    upload(page, a_file(demo, folder))
    press(page, "Preview the changes")
    expect(page.get_by_role("heading", name="4 items will be updated: 2 fields, 6 cells.")).to_be_visible()


def test_a_click_on_a_bar_shows_the_changes_of_its_field(page: Page, demo: Door, tmp_path: Path) -> None:
    to_preview(page, demo, tmp_path)
    settle(page)
    page.locator("[data-testid=stVegaLiteChart] path[aria-roledescription=bar]").first.click()
    expect(page.get_by_text("4 changes of 6 shown")).to_be_visible()
    press(page, "Show all 6 changes")
    expect(page.get_by_text("changes of 6 shown")).to_have_count(0)
