"""Thousands of references to items that do not exist, against thousands that do: how long the check takes."""

import random
import time

from benchmarks.ours import NOW, SITE
from benchmarks.timing import Figure, Goal, Options, Result
from lib.model.collection import Collection, Field, FieldType
from lib.model.item import Item
from lib.model.item_table import ItemTable
from lib.workflow.destination import Live
from lib.workflow.journey import File, Journey
from lib.workflow.upload import Upload

ROWS = 6_000
AUTHORS = f"{0xAA:024x}"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def measure(options: Options) -> Result:
    """For one reference a cell, and for several."""
    result = Result()
    for kind in (FieldType.REFERENCE, FieldType.MULTI_REFERENCE):
        seconds = tuple(_seconds(kind) for _ in range(options.runs))
        what = f"{ROWS:,} unknown texts of a {kind} field against {ROWS:,} items"
        result.figures.append(Figure(what=what, samples=seconds))
        result.goals.append(Goal(number="14", what=what, samples=seconds, must=1.0, want=0.3, unit="s"))
    return result


def _seconds(kind: FieldType) -> float:
    chance = random.Random(14)
    words = ["".join(chance.choices(LETTERS, k=6)) for _ in range(400)]
    authors = [_item(0x9000 + n, f"{' '.join(chance.choices(words, k=3))} {n}") for n in range(ROWS)]
    lines = [f"thing-{n},rec{n:09d}{n}{chance.choice(words)}" for n in range(ROWS)]
    content = "\n".join(["slug,Author", *lines]).encode()
    items = [_item(n, f"Thing {n}") for n in range(ROWS)]
    live = Live(items=ItemTable(items), read_on=NOW, since=NOW, targets={AUTHORS: tuple(authors)})
    collection = Collection(
        id=f"{0xA0:024x}",
        display_name="Things",
        singular_name="Thing",
        slug="things",
        fields=(
            _field("name", FieldType.PLAIN_TEXT),
            _field("slug", FieldType.PLAIN_TEXT),
            _field("author", kind, validations={"collectionId": AUTHORS}),
        ),
    )
    upload = Upload(name="things.csv", content=content)
    journey = Journey().connect((SITE,)).open_site(SITE, (collection,)).choose(collection, ROWS)
    journey = journey.bring(File(id="1", upload=upload)).read(upload.read()).match(live)
    began = time.perf_counter()
    journey.check({})
    return time.perf_counter() - began


def _item(number: int, name: str) -> Item:
    slug = name.lower().replace(" ", "-")
    return Item(id=f"{number:024x}", cms_locale_id=None, field_data={"name": name, "slug": slug})


def _field(slug: str, type: FieldType, **more: object) -> Field:
    return Field(id=slug, slug=slug, display_name=slug.capitalize(), type=type, api_type=type.value, **more)  # type: ignore[arg-type]
