"""A workbook with twenty kinds of ordinary mess, and what the items shall hold once it is mended."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.conftest import Door

ROWS = 1_000
EVERY = 25  # rows have one kind of mess each, if any
HELD = "Held before."
NOT_FOUND = (50, 75)
Cells = dict[str, str]
Truth = dict[str, Any]


@dataclass
class Mess:
    """The rows of the workbook, and by slug what each item shall hold in the end."""

    rows: list[Cells] = field(default_factory=list)
    truth: dict[str, Truth] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """The workbook."""
        with xlsxwriter.Workbook(path, {"strings_to_numbers": False, "strings_to_urls": False}) as workbook:
            sheet = workbook.add_worksheet("Price list")
            sheet.write_row(0, 0, list(self.rows[0]))
            for number, row in enumerate(self.rows, 1):
                sheet.write_row(number, 0, list(row.values()))


def _put(column: str, text: Callable[[str], str] | str) -> Callable[[Cells], None]:
    def change(row: Cells) -> None:
        row[column] = text if isinstance(text, str) else text(row[column])

    return change


# The twenty kinds. Those above the line are mended while the file is read; the others need a word of a person.
KINDS: dict[int, Callable[[Cells], None]] = {
    1: _put("Summary", lambda text: f"  {text} "),
    2: _put("Category", lambda text: f"{text[:2]}\u200b{text[2:]}"),
    3: _put("Finish", str.upper),
    4: _put("On sale", "ja"),
    5: _put("Price", lambda text: f"€ {text}"),
    15: _put("Available from", "03/04/2026"),
    # ----
    6: _put("Price", lambda text: f"{text} each"),
    7: _put("In stock", lambda text: f"{text}.2"),
    8: _put("On sale", "perhaps"),
    9: _put("Glaze", lambda text: text[1:]),
    10: _put("Shop link", lambda text: text.removeprefix("https:")),
    11: _put("Shop link", lambda text: text.replace("tile-", "a tile-")),
    12: _put("Finish", "Mattt"),
    13: _put("Finish", "Shiny"),
    14: _put("Category", "Bowlz"),
    16: _put("Available from", "46000"),
    17: _put("Summary", lambda text: f"{text} " + "and on it goes " * 15),
    18: _put("Summary", lambda text: text.replace(" ", "\n")),
    19: _put("SKU", "AB"),
    20: _put("In stock", "#REF!"),
}


def plant(demo: Door) -> Mess:
    """Items to be updated on the demo site, and the messy sheet about them."""
    fields = {f["slug"]: f for f in demo.get(f"/collections/{demo.collection_id('products')}")["fields"]}
    finishes = {o["name"]: o["id"] for o in fields["finish"]["validations"]["options"]}
    categories = {item["fieldData"]["name"]: item["id"] for item in demo.items("categories")}
    mess, items = Mess(), []
    for number in range(ROWS):
        slug = f"tile-{number}"
        before = {"name": f"Tile {number}", "slug": slug, "price": 1, "sku": f"TI-{number:04d}", "summary": HELD}
        before |= {"category": categories["Plates"], "finish": finishes["Raw"], "in-stock": 7, "on-sale": True}
        items.append({"collectionId": demo.collection_id("products"), "fieldData": before})
        row, truth = _row(number)
        kind = number % EVERY
        if kind in KINDS:
            KINDS[kind](row)
        truth |= _otherwise(kind, before)
        truth["finish"] = finishes.get(truth["finish"], truth["finish"])
        truth["category"] = categories[truth["category"]]
        mess.rows.append(row)
        mess.truth[slug] = before if number in NOT_FOUND else before | truth
    _whole_rows(mess)
    demo.box.plant(demo.token, items=items)
    return mess


def _row(number: int) -> tuple[Cells, Truth]:
    price, stock = 10 + number % 90, number % 50
    link = f"https://tidepool.example/shop/tile-{number}"
    truth = {"price": price, "in-stock": stock, "on-sale": False, "glaze": "#22304a", "shop-link": link}
    truth |= {"finish": "Matt", "category": "Bowls", "summary": f"Tile number {number}."}
    truth |= {"available-from": "2026-05-31T00:00:00.000Z", "sku": f"NEW-{number:04d}"}
    row = {"Slug": f"tile-{number}", "Price": str(price), "In stock": str(stock), "On sale": "no", "Glaze": "#22304a"}
    row |= {"Shop link": link, "Finish": "Matt", "Category": "Bowls", "Summary": f"Tile number {number}."}
    row |= {"Available from": "31/05/2026", "SKU": f"NEW-{number:04d}"}
    return row, truth


def _otherwise(kind: int, before: Truth) -> Truth:
    """What the person's decisions make of a mess, where that is not what the sheet would have said without it."""
    long = f"Tile number {before['slug'].removeprefix('tile-')}. " + "and on it goes " * 15
    return {
        4: {"on-sale": True},
        11: {"shop-link": f"https://tidepool.example/shop/a%20{before['slug']}"},
        13: {"finish": "Glossy"},
        15: {"available-from": "2026-04-03T00:00:00.000Z"},
        16: {"available-from": "2025-12-09T00:00:00.000Z"},
        17: {"summary": _shortened(long)},
        19: {"sku": before["sku"]},
        20: {"in-stock": before["in-stock"]},
    }.get(kind, {})


def _shortened(text: str) -> str:
    """By hand: whole words up to 159 characters, and the sign that there was more."""
    words, length = [], 0
    for word in text.split(" "):
        if length + len(word) > 159:
            break
        words.append(word)
        length += len(word) + 1
    return " ".join(words).rstrip(".") + "…"


def _whole_rows(mess: Mess) -> None:
    """Rows that find no item, one that comes twice, and three cells that only a person can mend."""
    for number in NOT_FOUND:
        mess.rows[number]["Slug"] = f"no-such-{number}"
    mess.rows.append(mess.rows[100] | {"Price": "99"})
    mess.truth["tile-100"]["price"] = 99
    for number, text in ((200, "twelve"), (225, "a dozen"), (250, "12 or 13")):
        mess.rows[number]["Price"] = text
        mess.truth[f"tile-{number}"]["price"] = 12
