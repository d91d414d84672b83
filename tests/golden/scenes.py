"""The imports whose results are pinned: generated sheets of typed columns, odd texts, and small files of every kind."""

import functools
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from benchmarks import sheets
from lib.errors import UnreadableFile
from lib.model.collection import Collection, FieldType
from lib.model.item import Item
from lib.model.item_table import ItemTable
from lib.model.mapping import Blanks, Match
from lib.model.plan import LeaveOut, SendChoices, StatusChoice
from lib.model.site import Locale, Site
from lib.model.stored_form import Memory, StoredForm, digest
from lib.workflow.destination import Live
from lib.workflow.journey import Journey
from lib.workflow.matching import Matched
from lib.workflow.upload import File, Upload
from tests.builders import a_field, an_id, an_item
from tests.cases import things
from tests.golden.files import FILES, csv_file, workbook_file
from tests.golden.words import HELD, WORDS
from tests.reading import read_sheet

Scene = Callable[[], Journey | UnreadableFile]
READ_ON = datetime(2026, 1, 1, tzinfo=UTC)
ENGLISH, GERMAN = (
    Locale(cms_locale_id=an_id(number), display_name=name, tag=tag, is_primary=number == 0xE0)
    for number, name, tag in ((0xE0, "English", "en"), (0xE1, "German", "de"))
)
KINDS = [
    {"id": f"{number:032x}", "name": name} for number, name in enumerate(("Indoor", "Outdoor", "Twice", "Twice"), 1)
]
THINGS = replace(
    things.THINGS,
    fields=(
        *things.THINGS.fields,
        a_field("tint", FieldType.COLOR),
        a_field("kind", FieldType.OPTION, validations={"options": KINDS}),
    ),
)
TARGETS = {
    **things.TARGETS,
    things.MAKERS: (
        *things.TARGETS[things.MAKERS],
        an_item(102, {"name": "Atelier Nord", "slug": "atelier-nord"}),
        an_item(103, {"name": "Twins", "slug": "twins"}),
        an_item(104, {"name": "Twins", "slug": "twins-2"}),
    ),
}


def bring(
    content: bytes,
    name: str = "things.csv",
    *,
    collection: Collection = THINGS,
    items: Sequence[Item] = things.LIVE,
    targets: Mapping[str, Sequence[Item]] = TARGETS,
    zone: str = "America/New_York",
    locales: tuple[Locale, ...] = (),
    choose: Callable[[Journey], Journey] = lambda journey: journey,
    choices: SendChoices | None = None,
    memory: Memory | None = None,
    leave_out: bool = False,
    **reading: Any,
) -> Journey | UnreadableFile:
    """The journey of a file from its bytes to the plan; the sentence when it is refused."""
    try:
        sheet = read_sheet(name, content, **reading)
    except UnreadableFile as refused:
        return refused
    site = Site(id=an_id(0xA0), display_name="Shop", short_name="shop", time_zone=zone, locales=locales)
    journey = Journey(choices=choices or SendChoices()).connect((site,)).open_site(site, (collection,))
    journey = journey.choose_locale(locales[0]) if locales else journey
    journey = journey.choose(collection, len(items)).bring(File(id="1", upload=Upload(name=name, content=content)))
    read_in = tuple(locale.cms_locale_id for locale in locales)
    live = Live(items=ItemTable(items), read_on=READ_ON, since=READ_ON, locales=read_in)
    journey = journey.read(sheet).match(live)
    journey = choose(journey).refer({one: tuple(found) for one, found in targets.items()})
    return journey.check(memory or {}).decide(LeaveOut.ROWS if leave_out else LeaveOut.NOTHING).make_plan()


def generated(rows: int, bad: float, *, xlsx: bool = False, bare: bool = False, leave_out: bool = False) -> Journey:
    """A sheet of typed columns; `bare`: its items hold nothing but their names, so that every value is sent."""
    made = sheets.make(rows, bad, seed=7)
    items = made.items
    if bare:
        items = tuple(replace(i, field_data={"name": "?", "slug": i.field_data["slug"]}) for i in items)
    journey = bring(
        made.xlsx if xlsx else made.csv,
        "things.xlsx" if xlsx else "things.csv",
        collection=sheets.collection(),
        items=items,
        targets=sheets.targets(),
        zone="UTC",
        leave_out=leave_out,
    )
    assert isinstance(journey, Journey)
    return journey


def odd(seed: int, *, xlsx: bool = False, clear: bool = False) -> Journey | UnreadableFile:
    """Odd texts against items that hold odd values: other words of each field for each seed."""
    chance = random.Random(seed)
    words = {column: chance.sample(list(all_), min(len(all_), 6 + seed % 5)) for column, all_ in WORDS.items()}
    rows, items = [], []
    for number in range(100):
        held = {slug: chance.choice(list(values)) for slug, values in HELD.items() if chance.random() < 0.75}
        rows.append([f"thing-{number}", *(chance.choice(words[column]) for column in words)])
        items.append(an_item(number, {"name": f"Thing {number}", "slug": f"thing-{number}", **held}))
    write = workbook_file if xlsx else csv_file

    def clearing(journey: Journey) -> Journey:
        return functools.reduce(_clearing, journey.at(Matched).mapping.fields, journey) if clear else journey

    name = "odd.xlsx" if xlsx else "odd.csv"
    return bring(write([["slug", *words], *rows]), name, items=items, choose=clearing, leave_out=clear)


def _clearing(journey: Journey, match: Match) -> Journey:
    return journey.rechoose(replace(match, blanks=Blanks.CLEAR))


def reading_as(**choices: Any) -> Callable[[Journey], Journey]:
    """Read every column with these choices."""

    def choose(journey: Journey) -> Journey:
        for match in journey.at(Matched).mapping.fields:
            journey = journey.rechoose(replace(match, choices=replace(match.choices, **choices)))
        return journey

    return choose


def chosen(seed: int, **choices: Any) -> Journey | UnreadableFile:
    """Odd dates, numbers, texts and lists, read as a person chose."""
    columns = ["Event date", "Starts at", "Price", "Body", "Tags"]
    chance = random.Random(seed)
    rows = [[f"thing-{n}", *(chance.choice(list(WORDS[column])) for column in columns)] for n in range(80)]
    items = [an_item(n, {"name": f"Thing {n}", "slug": f"thing-{n}"}) for n in range(80)]
    return bring(csv_file([["slug", *columns], *rows]), items=items, choose=reading_as(**choices))


def locales() -> Journey | UnreadableFile:
    """Rows in two languages, with statuses of their own, by name, with slugs that move, swap and meet."""
    items = [
        an_item(n, {"name": f"{tag}{n}", "slug": f"s-{n}"}, cms_locale_id=locale, is_draft=n % 3 == 0, **_published(n))
        for n in range(12)
        for tag, locale in (("", ENGLISH.cms_locale_id), ("de-", GERMAN.cms_locale_id))
    ]
    rows = [
        [tag + str(n), slug, locale, draft, archived]
        for n, slug in enumerate(["s-1", "s-0", "new", "new", "Bad slug", "", *[f"s-{n}" for n in range(6, 12)]])
        for tag, locale in (("", ""), ("de-", GERMAN.cms_locale_id), ("fr-", an_id(0xE2)))
        for draft, archived in [(("", "true", "no", "?")[n % 4], ("false", "", "TRUE")[n % 3])]
    ]
    content = csv_file([["Name", "slug", "Locale ID", "Draft", "Archived"], *rows])
    find = lambda journey: journey.find_by("Name")  # noqa: E731 - the one choice of this scene
    return bring(content, items=items, locales=(ENGLISH, GERMAN), choose=find, choices=SendChoices(live=True))


def _published(number: int) -> dict[str, Any]:
    moment = datetime(2026, 1, 1 + number % 5, 10, tzinfo=UTC)
    return {"last_updated": moment, "last_published": moment if number % 4 else None, "is_archived": number % 5 == 0}


def export() -> Journey | UnreadableFile:
    """Columns of an export by their roles: another collection's rows, edits since, dates only for reading."""
    items = [an_item(n, {"price": n}, **_published(n)) for n in range(1, 9)]
    head = ["Name", "Slug", "Collection ID", "Item ID", "Created On", "Updated On", "Published On", "Status", "Price"]
    status = ("Draft", "Published", "Archived", "Changes in draft", "Queued to publish", "gone", "", "staged")
    rows = [
        [
            *(f"Item {n}", f"item-{n}", an_id(0xC0 + n % 2), an_id(n).upper() if n % 2 else an_id(n)),
            *("Thu Jan 01 2026 00:00:00 GMT+0000 (Coordinated Universal Time)", "2026-01-03T00:00:00Z", "x"),
            *(status[n - 1], str(n * (n % 3))),
        ]
        for n in range(1, 9)
    ]
    return bring(csv_file([head, *rows]), items=items, choices=SendChoices(status=StatusChoice.DRAFT))


def remembered() -> Journey | UnreadableFile:
    """A sheet brought a second time, with what Webflow made of its values the first time."""
    sent = {"url": "https://x.com/1.jpg"}
    kept = {"fileId": "9", "url": "https://cdn.prod.website-files.com/65f0/65f9_other.jpg", "alt": None}
    items = [an_item(n, {"name": f"Thing {n}", "slug": f"thing-{n}", "main-image": kept}) for n in range(6)]
    memory = {
        (item.id, item.cms_locale_id or ""): {
            "main-image": StoredForm(
                place=(item.id, item.cms_locale_id or ""),
                field_slug="main-image",
                sent=digest(sent if number % 2 else "else"),
                stored=digest(kept if number % 3 else "else"),
            )
        }
        for number, item in enumerate(items)
    }
    texts = ["https://x.com/1.jpg", "https://x.com/2.jpg", "https://x.com/other.jpg"]
    rows = [[f"thing-{n}", texts[n % 3]] for n in range(6)]
    return bring(csv_file([["slug", "Main image"], *rows]), items=items, memory=memory)


def keys() -> Journey | UnreadableFile:
    """Keys that are almost right, twice, blank or unknown, some of which were accepted."""
    items = [
        an_item(n, {"name": name, "slug": f"s-{n}", "price": 1})
        for n, name in enumerate(("Müller", "Moller", "Oak table", "Oak table", "007", "Chair 1", "Chair 2"))
    ]
    names = ["Muller", "Möller", "Müller ", "Oak table", "7", "Chair1", "Chair 3", "Chair\u200b 2", "", "Müller", "?"]
    content = csv_file([["Name", "Price"], *([name, "9"] for name in names)])
    return bring(content, items=items, choose=lambda j: j.mean({"7": True, "Muller": True, "Chair1": False}))


def unknown_references() -> Journey | UnreadableFile:
    """References to what is not there, more than are searched for."""
    authors = [an_item(0x500 + n, {"name": f"Writer {n * 7919 % 1000}", "slug": f"writer-{n}"}) for n in range(300)]
    rows = [[f"thing-{n}", f"Writer {n * 31 % 1400}x", f"Writr {n}; sale"] for n in range(300)]
    items = [an_item(n, {"name": f"Thing {n}", "slug": f"thing-{n}"}) for n in range(300)]
    targets = {things.MAKERS: authors, things.TAGS: authors}
    return bring(csv_file([["slug", "Maker", "Tags"], *rows]), items=items, targets=targets)


SCENES: Mapping[str, Scene] = {
    "csv-1-percent": lambda: generated(2_000, 0.01),
    "csv-30-percent": lambda: generated(1_000, 0.3),
    "csv-all-sent": lambda: generated(600, 0.01, bare=True, leave_out=True),
    "xlsx-1-percent": lambda: generated(1_000, 0.01, xlsx=True),
    "xlsx-30-percent": lambda: generated(500, 0.3, xlsx=True, bare=True),
    **{f"odd-{seed:02}": functools.partial(odd, seed) for seed in range(16)},
    **{f"odd-xlsx-{seed}": functools.partial(odd, 100 + seed, xlsx=True) for seed in range(3)},
    **{f"odd-clearing-{seed}": functools.partial(odd, 200 + seed, clear=True) for seed in range(3)},
    "day-first": functools.partial(chosen, 1, day_first=True),
    "month-first": functools.partial(chosen, 2, day_first=False),
    "decimal-comma": functools.partial(chosen, 3, decimal=","),
    "decimal-point": functools.partial(chosen, 4, decimal="."),
    "markdown": functools.partial(chosen, 5, markdown=True, separator=";"),
    "locales": locales,
    "export": export,
    "remembered": remembered,
    "keys": keys,
    "unknown-references": unknown_references,
    **{f"file-{name}": functools.partial(bring, content, name) for name, content in FILES.items()},
}
