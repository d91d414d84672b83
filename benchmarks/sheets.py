"""Realistic sheets from a seed: 15 typed columns, bad cells, and a collection with live items to fit.

The same rows, share of bad cells and seed always give the same bytes. Most rows say what the items hold, though often
in another form; `CHANGED` of them say something new. Blank cells, stray spaces and letters beyond ASCII are in it.
"""

import csv
import io
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from lib.model.collection import Collection, Field, FieldType
from lib.model.item import Item

COLUMNS = (
    "Item ID",
    "Name",
    "Summary",
    "Body",
    "Price",
    "Featured",
    "Published at",
    "Email",
    "Phone",
    "Website",
    "Accent",
    "Category",
    "Author",
    "Tags",
    "Hero",
)
REQUIRED = frozenset(("Item ID", "Name", "Author"))
AUTHORS, TAGS = f"{0xA1:024x}", f"{0xA2:024x}"
CHANGED = 0.05
BLANK = 0.05
STRAY_SPACES = 0.02
_WORDS = (
    "oak ash lamp chair table shelf linen wool clay glaze bowl cup Tür Café Ö über naïve crème żółty 木 light soft "
    "round small tall hand made from old wood with love for every day and each of us in the house by the sea"
)
WORDS = _WORDS.split()
BAD: dict[str, tuple[str, ...]] = {
    "Item ID": ("12345", "zz" * 12, ""),
    "Name": ("", "x" * 101),
    "Summary": ("short", "long " * 41),
    "Body": ("<p></p>",),
    "Price": ("gratis", "12..5", "-3", "1,2,3,4 EUR"),
    "Featured": ("maybe", "2"),
    "Published at": ("soon", "2023-02-30", "2023-13-01", "31.12.2023"),
    "Email": ("ada", "ada@", "@example.com", "a b@example.com"),
    "Phone": ("call me", "12"),
    "Website": ("not a page", "ftp://x.example/a", "www.example.com"),
    "Accent": ("bluish", "#12345", "teal"),
    "Category": ("Unknown 7", "Cat"),
    "Author": ("nobody-here", ""),
    "Tags": ("tag-1; no such tag", "tag-x"),
    "Hero": ("hero.png", "ftp://x.example/a.png"),
}
OPTIONS = {f"Category {number}": f"{number:032x}" for number in range(1, 21)}
AUTHOR_IDS = {f"author-{number}": f"{0xB000 + number:024x}" for number in range(1, 501)}
TAG_IDS = {f"tag-{number}": f"{0xC0000 + number:024x}" for number in range(1, 2_001)}
START = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Made:
    """`rows` are the texts of the cells; `typed` the same with numbers, truths and moments as a workbook has them."""

    rows: list[list[str]] = field(repr=False)
    typed: list[list[Any]] = field(repr=False)
    items: tuple[Item, ...] = field(repr=False)

    @property
    def csv(self) -> bytes:
        """The sheet as a CSV file."""
        out = io.StringIO(newline="")
        csv.writer(out).writerows([COLUMNS, *self.rows])
        return out.getvalue().encode()

    @property
    def xlsx(self) -> bytes:
        """The sheet as a workbook with typed cells."""
        import xlsxwriter

        out = io.BytesIO()
        book = xlsxwriter.Workbook(
            out, {"constant_memory": True, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
        )
        sheet, day = book.add_worksheet("Items"), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.write_row(0, 0, COLUMNS)
        for number, row in enumerate(self.typed, 1):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, place, cell.replace(tzinfo=None), day)
                elif cell != "":
                    sheet.write(number, place, cell)
        book.close()
        return out.getvalue()


def make(rows: int, bad: float = 0.01, seed: int = 1) -> Made:
    """A sheet of so many rows, each about an item of its own, with this share of bad cells."""
    chance = random.Random(f"{rows} {seed}")
    made = [_row(number, bad, chance) for number in range(rows)]
    return Made(
        rows=[row for row, _, _ in made], typed=[typed for _, typed, _ in made], items=tuple(m[2] for m in made)
    )


def collection() -> Collection:
    """The collection that the sheets are for."""
    plain = FieldType.PLAIN_TEXT
    fields = (
        _field("name", plain, {"maxLength": 100}, is_required=True),
        _field("slug", plain, {"maxLength": 256}, is_required=True),
        _field("summary", plain, {"minLength": 10, "maxLength": 200, "singleLine": False}),
        _field("body", FieldType.RICH_TEXT, {"minLength": 10}),
        _field("price", FieldType.NUMBER, {"minValue": 0}),
        _field("featured", FieldType.SWITCH),
        _field("published-at", FieldType.DATE_TIME, {"format": "date-time"}),
        _field("email", FieldType.EMAIL),
        _field("phone", FieldType.PHONE),
        _field("website", FieldType.LINK),
        _field("accent", FieldType.COLOR),
        _field("category", FieldType.OPTION, {"options": [{"id": i, "name": n} for n, i in OPTIONS.items()]}),
        _field("author", FieldType.REFERENCE, {"collectionId": AUTHORS}, is_required=True),
        _field("tags", FieldType.MULTI_REFERENCE, {"collectionId": TAGS}),
        _field("hero", FieldType.IMAGE),
    )
    return Collection(id=f"{0xA0:024x}", display_name="Things", singular_name="Thing", slug="things", fields=fields)


def targets() -> dict[str, tuple[Item, ...]]:
    """The items that the references point to, by collection id."""
    return {
        one: tuple(
            Item(id=item_id, cms_locale_id=None, field_data={"name": slug.replace("-", " no. "), "slug": slug})
            for slug, item_id in ids.items()
        )
        for one, ids in ((AUTHORS, AUTHOR_IDS), (TAGS, TAG_IDS))
    }


def moment(value: datetime) -> str:
    """A moment as Webflow writes it."""
    return value.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _field(slug: str, type: FieldType, validations: dict[str, object] | None = None, **more: Any) -> Field:
    name = slug.capitalize().replace("-", " ")
    return Field(
        id=slug.encode().hex().zfill(32)[:32],
        slug=slug,
        display_name=name,
        type=type,
        api_type=type.value,
        validations=validations or {},
        **more,
    )


def _row(number: int, bad: float, chance: random.Random) -> tuple[list[str], list[Any], Item]:
    """The texts of a row, its typed cells, and its item."""
    item_id = f"{0x5F0000000000000000000000 + number:024x}"
    good = _good(item_id, number, chance)
    stays = chance.random() >= CHANGED
    texts, cells, held = [], [], {"slug": f"thing-{number}"}
    for column, (text, cell, value) in zip(COLUMNS, good, strict=True):
        slug = column.lower().replace(" ", "-")
        if column not in REQUIRED and chance.random() < BLANK:
            text, cell, value = "", "", None
        if value is not None and column != "Item ID":
            held[slug] = value
        if not stays and column in ("Price", "Summary", "Tags") and chance.random() < 0.6:
            _another(slug, held, chance)
        if chance.random() < bad:
            text = cell = chance.choice(BAD[column])
        elif text and chance.random() < STRAY_SPACES:
            text = f" {text} "
            cell = text if isinstance(cell, str) else cell
        texts.append(text)
        cells.append(cell)
    updated = START + timedelta(seconds=61 * number)
    item = Item(
        id=item_id,
        cms_locale_id=None,
        field_data=held,
        created_on=START,
        last_updated=updated,
        last_published=updated,
    )
    return texts, cells, item


def _another(slug: str, held: dict[str, Any], chance: random.Random) -> None:
    """Let the item hold something else than the sheet says."""
    held[slug] = {
        "price": round(chance.random() * 50, 2),
        "summary": "What it said before somebody wrote a better text.",
        "tags": [TAG_IDS["tag-7"]],
    }[slug]


def _good(item_id: str, number: int, chance: random.Random) -> list[tuple[str, Any, Any]]:
    """Text, typed cell and value of each column."""
    name = f"{' '.join(chance.choices(WORDS, k=3))} {number}"
    words = " ".join(chance.choices(WORDS, k=chance.randint(8, 14)))
    body = f'<p>{words}</p><p><strong>{name}</strong> <a href="https://shop.example/{number}">more</a></p>'
    price = round(chance.random() * 4_000, 2)
    featured = chance.random() < 0.5
    when = START + timedelta(minutes=chance.randint(0, 2_000_000))
    host = f"h{number % 97}.example"
    email, phone = f"user{number}@{host}", f"+49 30 {number % 10_000_000:07d}"
    website, hero = f"https://{host}/page/{number}", f"https://cdn.{host}/images/{number}-hero.jpg"
    accent = f"#{chance.randint(0, 0xFFFFFF):06x}" if chance.random() < 0.8 else f"#{chance.randint(0, 0xFFF):03x}"
    category, author = chance.choice(list(OPTIONS)), f"author-{chance.randint(1, 500)}"
    tags = [f"tag-{n}" for n in chance.sample(range(1, 2_001), chance.randint(0, 4))]
    return [
        (item_id, item_id, item_id),
        (name, name, name),
        (words, words, words),
        (body, body, body),
        (f"{price:,.2f}", price, price),
        (chance.choice(("yes", "true", "Yes") if featured else ("no", "false", "No")), featured, featured),
        _when(when, chance),
        (email, email, email),
        (phone, phone, phone),
        (website, website, website),
        (accent, accent, accent),
        (category, category, OPTIONS[category]),
        (author, author, AUTHOR_IDS[author]),
        ("; ".join(tags), "; ".join(tags), [TAG_IDS[tag] for tag in tags] or None),
        (hero, hero, {"fileId": f"{number:024x}", "url": hero, "alt": None}),
    ]


def _when(when: datetime, chance: random.Random) -> tuple[str, Any, Any]:
    """A day, a moment with its zone, or one without."""
    form = chance.randint(0, 2)
    if form == 0:
        when = when.replace(hour=0, minute=0)
    text = when.strftime(("%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M")[form])
    return text, when, moment(when)
