"""A sheet of forty rows changes twenty items, creates ten that refer to each other, and is undone again."""

import csv
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walk import choose_products, connect, press, settle, upload
from tests.conftest import Door

pytestmark = pytest.mark.browser
LONG = 90_000
CHANGED, SAME, NEW, REFUSED = 20, 10, 10, 3
GOOD, BAD = "https://shop.example/pots/{}.jpg", "https://gone.invalid/pots/{}.jpg"
IMAGE, FRIENDS = "main-image", "goes-well-with"
Held = dict[str, dict[str, Any]]


def held(demo: Door) -> Held:
    """What every product holds, by page address, archived ones apart."""
    return {item["fieldData"]["slug"]: item["fieldData"] for item in demo.items("products") if not item["isArchived"]}


def write(path: Path, demo: Door) -> tuple[list[str], list[str]]:
    """The sheet: rows that change (the first of them with a bad image), rows that say what is there, and new ones, each
    of which refers to the next and to an old one. Returns the page addresses of the changed and of the new items."""
    items = [item for item in demo.items("products") if item["lastPublished"]][: CHANGED + SAME + 1]
    categories = {item["id"]: item["fieldData"]["slug"] for item in demo.items("categories")}
    *known, old = [item["fieldData"] for item in items]
    rows = []
    for number, data in enumerate(known):
        is_changed, is_bad = number < CHANGED, number < REFUSED
        image = (BAD if is_bad else GOOD).format(number) if is_changed else data[IMAGE]["url"]
        price = f"{1000 + number}" if is_changed else f"{data['price']:g}"
        rows.append([data["slug"], data["name"], price, categories[data["category"]], image, ""])
    for number in range(NEW):
        friends = [f"new-pot-{number + 1}"] if number + 1 < NEW else []
        rows.append(
            [
                "",
                f"New pot {number}",
                f"{number}",
                categories[old["category"]],
                GOOD.format(number),
                "; ".join([*friends, old["slug"]]),
            ]
        )
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Slug", "Name", "Price", "Category", "Main image", "Goes well with"])
        writer.writerows(rows)
    return [data["slug"] for data in known[:CHANGED]], [f"new-pot-{number}" for number in range(NEW)]


def submit(page: Page) -> None:
    """From the Check page, creating what is new, and going on without images that are refused."""
    expect(page.get_by_role("heading", name="Do all values fit?")).to_be_visible(timeout=LONG)
    press(page, f"Create {NEW} new items")
    expect(page.get_by_text(f"{NEW} rows create new items.")).to_be_visible()
    press(page, "Preview the changes")
    expect(page.get_by_role("heading", name="What will change")).to_be_visible(timeout=LONG)
    settle(page)
    page.get_by_text("How the items are sent").click()
    words = "Where Webflow refuses only an image or file, send the rest of the row without it"
    settle(page)
    page.get_by_text(words).click()
    expect(page.get_by_role("checkbox", name=words)).to_be_checked()
    settle(page)
    press(page, "Continue")
    press(page, f"Update {CHANGED} and create {NEW} items")


def test_a_sheet_changes_creates_and_is_undone(page: Page, demo: Door, tmp_path: Path) -> None:
    before = held(demo)
    changed, new = write(tmp_path / "pots.csv", demo)
    connect(page, demo.token)
    choose_products(page)
    upload(page, tmp_path / "pots.csv")
    submit(page)
    expect(page.get_by_role("heading", name="Refused images and files (3)")).to_be_visible(timeout=LONG)
    after = held(demo)
    assert after.keys() - before.keys() == set(new)
    for number, slug in enumerate(changed):
        assert after[slug]["price"] == 1000 + number
        is_bad = number < REFUSED
        image = before[slug][IMAGE]["url"] if is_bad else GOOD.format(number)
        assert after[slug][IMAGE]["url"] == image
    ids = {item["fieldData"]["slug"]: item["id"] for item in demo.items("products")}
    for number, slug in enumerate(new):
        following = [ids[new[number + 1]]] if number + 1 < NEW else []
        assert after[slug][FRIENDS][:-1] == following
        assert (after[slug]["name"], after[slug]["price"]) == (f"New pot {number}", number)
    assert {slug: data for slug, data in after.items() if slug not in {*changed, *new}} == {
        slug: data for slug, data in before.items() if slug not in changed
    }
    press(page, "Undo this run")
    expect(page.get_by_text(f"{NEW} items that this run created are archived")).to_be_visible(timeout=LONG)
    press(page, f"Undo {CHANGED + NEW} items")
    expect(page.get_by_role("heading", name=f"{CHANGED} brought back · {NEW} archived")).to_be_visible(timeout=LONG)
    undone = held(demo)
    assert undone.keys() == before.keys(), "what was created is archived"
    assert without_ids(undone) == without_ids(before)


def without_ids(items: Held) -> dict[str, dict[str, Any]]:
    """What is held, images by their addresses: Webflow gives an image that is sent again another id."""
    return {slug: data | {IMAGE: (data.get(IMAGE) or {}).get("url")} for slug, data in items.items()}
