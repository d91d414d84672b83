"""The whole road in a real browser with real files, and then the sandbox is asked what it holds."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.walk import choose_products, connect, press, upload
from tests.conftest import Door

pytestmark = pytest.mark.browser


def a_file(demo: Door, folder: Path, count: int) -> tuple[Path, dict[str, float]]:
    """A German price list: semicolons, decimal commas, Windows encoding, and two rows that are wrong."""
    items = demo.items("products")[:count]
    prices = {item["id"]: 100 + number + 0.5 for number, item in enumerate(items)}
    lines = ["Slug;Preis Price;Notiz"]
    lines += [f"{i['fieldData']['slug']};{prices[i['id']]:.2f}".replace(".", ",") + ";für später" for i in items]
    lines += ["no-such-product;1,00;", f"{demo.items('products')[count]['fieldData']['slug']};gratis;"]
    path = folder / "preise.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path, prices


def test_a_real_file_changes_exactly_the_intended_items(page: Page, demo: Door, tmp_path: Path) -> None:
    path, prices = a_file(demo, tmp_path, 230)
    before = {item["id"]: item for item in demo.items("products")}
    connect(page, demo.token)
    choose_products(page)
    page.locator("input[type=file]").set_input_files(path)
    press(page, "Continue to matching")
    page.get_by_role("combobox", name="Where “Preis Price” goes").click()
    page.get_by_role("option", name="Price · Number").click()
    chosen = page.get_by_role("combobox", name="Where “Preis Price” goes")
    expect(chosen.last).to_have_value(re.compile("^Price"))
    expect(chosen).to_have_count(1)  # the one from before the choice is gone
    expect(page.get_by_text("231 rows matched").first).to_be_visible()
    press(page, "Check the values")
    press(page, "Leave out 2 rows with errors and preview")
    expect(
        page.get_by_text("232 rows in the file = 230 will update + 0 already up to date + 2 left out")
    ).to_be_visible()
    press(page, "Continue with 230 items")
    page.get_by_role("button", name="Update 230 items").dblclick()
    expect(page.get_by_role("heading", name="230 of 232 rows updated · 2 left out")).to_be_visible()
    expect(page.get_by_text("232 rows in the file = 230 updated + 0 already up to date + 2 left out")).to_be_visible()

    after = {item["id"]: item for item in demo.items("products")}
    for item_id, item in after.items():
        expected = before[item_id]["fieldData"] | ({"price": prices[item_id]} if item_id in prices else {})
        assert item["fieldData"] == expected
        is_edit = item_id in prices and before[item_id]["lastPublished"] is not None  # "Changes in draft", by Webflow
        assert item["isDraft"] == (before[item_id]["isDraft"] or is_edit)
        assert item["lastPublished"] == before[item_id]["lastPublished"]
    sent = [entry for entry in demo.requests() if entry["method"] == "PATCH"]
    assert [entry["status"] for entry in sent] == [200, 200, 200]


def test_the_results_can_be_taken_home(page: Page, demo: Door, tmp_path: Path) -> None:
    path, _ = a_file(demo, tmp_path, 3)
    path.write_bytes(path.read_bytes().replace(b"Preis Price", b"Price"))
    connect(page, demo.token)
    choose_products(page)
    upload(page, path)
    press(page, "Leave out 2 rows with errors and preview")
    press(page, "Continue with 3 items")
    press(page, "Update 3 items")
    with page.expect_download() as download:
        page.get_by_role("button", name="Rows to fix (CSV)").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    header, *rows = csv.reader(text.splitlines())
    assert header == ["Problem", "How to fix", "Slug", "Price", "Notiz"]
    assert [row[2] for row in rows] == ["no-such-product", demo.items("products")[3]["fieldData"]["slug"]]
    assert demo.token not in text


def test_the_demo_site_needs_no_token(page: Page) -> None:
    press(page, "Try the demo site")
    choose_products(page)
    expect(page.get_by_role("heading", name="Which file brings the new values?")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_no_page_is_wider_than_the_screen(browser: Browser, app_url: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore
    page = context.new_page()
    page.goto(app_url)
    expect(page.get_by_role("heading", name="Update your Webflow collection")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    press(page, "Try the demo site")
    choose_products(page)
    expect(page.get_by_role("heading", name="Which file brings the new values?")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
