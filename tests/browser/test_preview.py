"""The preview in a real browser: a bar that is clicked shows its changes, and cards are read on any screen."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.walk import choose_products, connect, press, settle, upload
from tests.conftest import Door

pytestmark = pytest.mark.browser
HOSTILE = "<img src=//evil.example/a.png onerror=alert(1)> **bold** [x](https://evil.example)"


def a_file(demo: Door, folder: Path) -> Path:
    """Four items get another price, two of them a summary that browsers and Markdown would act on."""
    slugs = [item["fieldData"]["slug"] for item in demo.items("products")[:4]]
    lines = ["Slug,Price,Summary", *(f"{slug},{500 + n},{HOSTILE if n < 2 else ''}" for n, slug in enumerate(slugs))]
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


def test_on_a_phone_every_change_is_read_without_moving_sideways(
    browser: Browser, app_url: str, demo: Door, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(app_url)
    to_preview(page, demo, tmp_path)
    changes = page.locator("dl.changes ins")
    expect(changes).to_have_count(6)
    settle(page)
    boxes = [one.bounding_box() for one in changes.all()]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_role("button", name="Continue with 4 items")).to_be_in_viewport()
    context.close()


def test_values_that_look_like_html_or_markdown_are_read_as_they_are(page: Page, demo: Door, tmp_path: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    to_preview(page, demo, tmp_path)
    expect(page.locator("dl.changes ins", has_text=HOSTILE)).to_have_count(2)
    assert page.locator("dl.changes").locator("img, a, script, strong").count() == 0
    assert not [url for url in asked if "evil" in url]


def archived(demo: Door) -> set[str]:
    return {item["fieldData"]["slug"] for item in demo.items("products") if item["isArchived"]}


def test_items_that_the_file_does_not_name_are_archived_when_somebody_ticks_them(
    page: Page, demo: Door, tmp_path: Path
) -> None:
    before, named = archived(demo), {item["fieldData"]["slug"] for item in demo.items("products")[:4]}
    to_preview(page, demo, tmp_path)
    settle(page)
    page.get_by_text("of Products are not in your file").click()
    grid = page.locator(".st-key-absent_items")
    grid.wait_for()
    settle(page)
    grid.click(position={"x": 18, "y": 52})
    archive = page.get_by_role("button", name="Archive 1 item")
    expect(archive).to_be_disabled()
    page.get_by_text("I understand that archived items leave the site").click()
    expect(archive).to_be_enabled()
    archive.click()
    expect(page.get_by_role("heading", name="1 item archived")).to_be_visible()
    assert len(archived(demo) - before) == 1 and not archived(demo) & named - before
    expect(page.get_by_text("1 item = 1 archived + 0 already archived + 0 failed")).to_be_visible()
    expect(page.get_by_text("Archived items leave the site with its next publishing")).to_be_visible()
    expect(page.get_by_text("Archived (1)", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Undo this run…")).to_be_visible()
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
