"""A thousand rows with twenty kinds of mess are cleaned on the Check page and sent; the site holds the known truth."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.browser import messy
from tests.browser.walk import choose_products, connect, press, settle, upload
from tests.conftest import Door

pytestmark = pytest.mark.browser
LONG = 90_000
MOST_CLICKS = 40
TRIES, A_MOMENT = 5, 1_000
FIELDS_BEFORE_PRICE = 4  # Row, State, What is wrong, Slug


class Hand:
    """Clicks and counts it; and what the browser sends, so that nothing that the app has heard of is said twice."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.sent = 0
        page.on("websocket", lambda socket: socket.on("framesent", self._count))
        page.reload()  # what is sent is heard from the first connection on

    def _count(self, payload: str | bytes) -> None:
        self.sent += 1

    def click(self, what: Locator) -> None:
        """Once the page is whole: a click that comes too early is lost with the page it was made on."""
        what.wait_for()
        settle(self.page)
        what.click()
        self.clicks += 1
        settle(self.page)

    def press(self, label: str) -> None:
        self.mend(self.page.get_by_role("button", name=label))

    def mend(self, button: Locator) -> None:
        """What is mended is not offered any more; pressed again only where the press has not even left the browser."""
        for _ in range(TRIES):
            before = self.sent
            self.click(button.first)
            try:
                return expect(button).to_have_count(0)
            except AssertionError:
                if self.sent > before:
                    raise
                self.clicks -= 1
        raise AssertionError(f"{button} was pressed and is still offered")

    def decide(self, column: str, problem: str, choices: dict[str, str], settle: str) -> None:
        """Value by value in the group of this column and problem; the others stay as they are suggested."""
        card = self.page.locator(".st-key-card-error-" + f"{column}-{problem}".replace(" ", "-"))
        self.click(card.get_by_text("Decide value by value"))
        for value, instead in choices.items():
            self.choose(card.get_by_role("combobox", name=value), instead)
        self.mend(card.get_by_role("button", name=settle))

    def choose(self, box: Locator, name: str) -> None:
        """From a list, which closes again where the part that it is in is still unfolding: then it is opened anew. To
        open one sends nothing, so no choice can get lost by that."""
        option = self.page.get_by_role("option", name=name, exact=True)
        for _ in range(TRIES):
            before = self.sent
            self.click(box)
            try:
                option.click(timeout=A_MOMENT)
            except TimeoutError:
                assert self.sent == before
                self.clicks -= 1
                continue
            self.clicks += 1
            return expect(box).to_have_value(name)
        raise AssertionError(f"the list never stayed open long enough to choose {name}")

    def type_price(self, wrong: str, text: str) -> None:
        """Into the first row that is shown, in place of what is wrong there, as on the keyboard of a spreadsheet."""
        cell = self.open_price(wrong)
        cell.fill(text)
        cell.press("Enter")
        settle(self.page)

    def open_price(self, wrong: str) -> Locator:
        """The editor of the cell; keys that came before the grid had the focus have opened another: then once more."""
        grid = self.page.get_by_test_id("stDataFrame").first
        expect(grid.get_by_test_id(f"glide-cell-{FIELDS_BEFORE_PRICE}-0")).to_have_text(wrong)
        cell = self.page.locator("#portal textarea, #portal input")
        for _ in range(TRIES):
            settle(self.page)
            grid.click(position={"x": 30, "y": 52})
            for _ in range(FIELDS_BEFORE_PRICE):
                self.page.keyboard.press("ArrowRight")
            self.page.keyboard.press("Enter")
            try:
                expect(cell).to_have_value(wrong, timeout=A_MOMENT)
            except AssertionError:
                self.page.keyboard.press("Escape")
                continue
            self.clicks += 1
            return cell
        raise AssertionError(f"the cell with {wrong} could not be opened")


def rows_with_errors(page: Page) -> Locator:
    return page.get_by_test_id("stMetric").filter(has_text="Rows with errors").get_by_test_id("stMetricValue").first


def test_a_messy_workbook_is_cleaned_and_the_site_holds_the_known_truth(page: Page, demo: Door, tmp_path: Path) -> None:
    hand = Hand(page)
    mess = messy.plant(demo)
    mess.write(tmp_path / "prices.xlsx")
    connect(page, demo.token)
    choose_products(page)
    upload(page, tmp_path / "prices.xlsx")
    expect(page.get_by_role("heading", name="Do all values fit?")).to_be_visible(timeout=LONG)
    hand.press("Put https:// in front in 40 cells")
    hand.press("Write blanks as %20 in 40 cells")
    hand.press("Take the number alone in 40 cells")
    hand.press("Round to whole numbers in 40 cells")
    hand.press("Put # in front in 40 cells")
    hand.press("Turn counted days into dates in 40 cells")
    hand.press("Shorten at a word in 40 cells")
    hand.press("Join the lines in 40 cells")
    hand.decide("Finish", "No such option", {"Shiny": "Glossy"}, "Settle 2 values in 80 rows")
    hand.decide("Category", "No such item", {}, "Settle 1 value in 40 rows")
    hand.decide("On sale", "Not yes or no", {"perhaps": "no"}, "Settle 1 value in 40 rows")
    hand.press("Keep the last row of each item")
    hand.mend(page.locator(".st-key-card-error-SKU-Wrong-length").get_by_role("button", name="as in Webflow"))
    hand.mend(page.locator(".st-key-card-error-In-stock-Error-in-a-cell").get_by_role("button", name="as in Webflow"))
    hand.mend(page.locator(".st-key-card-error-Slug-Item-not-found").get_by_role("button", name="Leave out 2 rows"))
    expect(rows_with_errors(page)).to_have_text("3")
    hand.click(page.get_by_text("to look at and to edit in place"))
    hand.click(page.get_by_role("radio", name="Errors 3"))
    expect(page.get_by_text("3 rows. Double-click a cell to change it.")).to_be_visible()
    for left, wrong in (("2", "twelve"), ("1", "a dozen"), ("0", "12 or 13")):
        hand.type_price(wrong, "12")
        expect(rows_with_errors(page)).to_have_text(left)
    hand.press("Preview the changes")
    hand.press("Continue")
    press(page, "Update")
    expect(page.get_by_role("heading", name="998 of 1,001 rows updated")).to_be_visible(timeout=LONG)
    assert hand.clicks <= MOST_CLICKS, hand.clicks
    items = {item["fieldData"]["slug"]: item["fieldData"] for item in demo.items("products")}
    wrong = {
        slug: {name: (items[slug].get(name), value) for name, value in truth.items() if items[slug].get(name) != value}
        for slug, truth in mess.truth.items()
    }
    assert {slug: fields for slug, fields in wrong.items() if fields} == {}
