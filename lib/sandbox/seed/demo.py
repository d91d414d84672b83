"""The demo site: Tidepool Goods, a made-up shop for handmade ceramics with a journal, in English and German."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from lib.sandbox.answers import JSON
from lib.sandbox.collections import collection, field
from lib.sandbox.rate import Window
from lib.sandbox.seed import words
from lib.sandbox.seed.products import add_products
from lib.sandbox.seed.shelf import Shelf
from lib.sandbox.world import World

SITE_ID = "66f0c1a2b3d4e5f60718293a"
ENGLISH = "66f0c1a2b3d4e5f607182940"
GERMAN = "66f0c1a2b3d4e5f607182941"
STORY_ROUNDS = 2


def build() -> World:
    """The demo site with all its collections and items."""
    world = _world("Tidepool Goods", locales=_locales(), published=True)
    shelf = Shelf(world)
    categories = _categories(shelf)
    makers = _makers(shelf)
    add_products(shelf, categories, makers)
    _journal(shelf, categories, makers)
    return world


def empty() -> World:
    """A site without localisation, without collections, never published."""
    return _world("Empty Site", locales=None, published=False)


def _world(name: str, *, locales: JSON | None, published: bool) -> World:
    start = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
    moments = (start + timedelta(minutes=7 * n) for n in range(1_000_000))
    clock: Callable[[], datetime] = lambda: next(moments)  # noqa: E731 - the seed's own time, the same every time
    stamp = "2026-03-02T08:30:00.000Z"
    site: JSON = {
        "id": SITE_ID,
        "workspaceId": SITE_ID[::-1],
        "createdOn": "2026-01-10T08:00:00.000Z",
        "displayName": name,
        "shortName": name.lower().replace(" ", "-"),
        "lastPublished": stamp if published else None,
        "lastUpdated": stamp,
        "previewUrl": "https://screenshots.example.com/sites/preview.png",
        "timeZone": "Europe/Berlin",
        "parentFolderId": None,
        "customDomains": [],
        "locales": locales,
        "dataCollectionEnabled": False,
        "dataCollectionType": "disabled",
    }
    return World(site=site, window=Window(1, 1.0, lambda: 0.0), now=clock)


def _locales() -> JSON:
    def locale(name: str, tag: str, cms_id: str, **more: Any) -> JSON:
        own_id = cms_id[:-2] + "f" + cms_id[-1]
        return {"id": own_id, "cmsLocaleId": cms_id, "enabled": True, "displayName": name, "tag": tag} | more

    german = locale("German", "de", GERMAN, subdirectory="de")
    return {"primary": locale("English", "en", ENGLISH, subdirectory="", redirect=False), "secondary": [german]}


def _categories(shelf: Shelf) -> dict[str, str]:
    fields = [
        field(shelf.world, "PlainText", "Blurb", validations={"singleLine": True, "maxLength": 120}),
        field(shelf.world, "Color", "Colour"),
    ]
    made = collection(shelf.world, "Categories", "Category", fields)
    shelf.world.add_collection(made)
    ids: dict[str, str] = {}
    for english, german, blurb, colour in words.CATEGORIES:
        ids[english] = shelf.add(made, {"name": english, "blurb": blurb, "colour": colour})
        shelf.add(made, {"name": german, "blurb": blurb, "colour": colour}, item_id=ids[english], locale=GERMAN)
    return ids


def _makers(shelf: Shelf) -> dict[str, str]:
    fields = [
        field(shelf.world, "RichText", "Bio"),
        field(shelf.world, "Email", "E-mail", slug="email", required=True),
        field(shelf.world, "Phone", "Phone"),
        field(shelf.world, "Link", "Website"),
        field(shelf.world, "Image", "Portrait"),
    ]
    made = collection(shelf.world, "Makers", "Maker", fields)
    shelf.world.add_collection(made)
    ids: dict[str, str] = {}
    for number, (name, town, habit) in enumerate(words.MAKERS):
        slug = shelf.slug(name)
        ids[name] = shelf.add(
            made,
            {
                "name": name,
                "bio": f"<p>{name} works in {town} and {habit}.</p>",
                "email": f"{slug}@tidepool.example",
                "phone": f"+49 30 5550 {100 + number}",
                "website": f"https://tidepool.example/makers/{slug}",
                "portrait": shelf.image(f"makers/{slug}.jpg", f"{name} in the workshop"),
            },
        )
    return ids


def _journal(shelf: Shelf, categories: dict[str, str], makers: dict[str, str]) -> None:
    made = collection(shelf.world, "Journal", "Story", _journal_fields(shelf), slug="journal")
    shelf.world.add_collection(made)
    moods = {
        option["name"]: option["id"]
        for f in made["fields"]
        if f["slug"] == "mood"
        for option in f["validations"]["options"]
    }
    for number in range(len(words.STORIES) * STORY_ROUNDS):
        title = words.STORIES[number % len(words.STORIES)] + (
            ", one year later" if number >= len(words.STORIES) else ""
        )
        day = datetime(2026, 2, 1, 8, 30, tzinfo=UTC) + timedelta(days=5 * number)
        data = {
            "name": title,
            "summary": f"{title}: a short story from the workshop.",
            "body": f"<h2>{title}</h2><p>We went to see for ourselves, and stayed for tea.</p>"
            "<ul><li>Clay</li><li>Fire</li><li>Time</li></ul>",
            "author": list(makers.values())[number % len(makers)],
            "topics": [list(categories.values())[(number + step) % len(categories)] for step in range(1 + number % 3)],
            "published-on": day.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "featured": number % 6 == 0,
            "mood": moods[words.MOODS[number % len(words.MOODS)]],
            "hero": shelf.image(f"journal/{shelf.slug(title)}.jpg", title),
        }
        item_id = shelf.add(made, data, status=shelf.usual_status(number))
        if number < len(words.STORIES) // 3:
            shelf.add(made, data | {"name": f"{title} (Deutsch)"}, item_id=item_id, locale=GERMAN)


def _journal_fields(shelf: Shelf) -> list[JSON]:
    world = shelf.world
    targets = {found["slug"]: found["id"] for found in world.collections.values()}
    return [
        field(world, "PlainText", "Summary", required=True, validations={"singleLine": False, "maxLength": 280}),
        field(world, "RichText", "Body"),
        field(world, "Reference", "Author", required=True, validations={"collectionId": targets["makers"]}),
        field(world, "MultiReference", "Topics", validations={"collectionId": targets["categories"]}),
        field(world, "DateTime", "Published on", validations={"format": "date-time"}),
        field(world, "Switch", "Featured"),
        field(world, "Option", "Mood", validations={"options": [{"name": mood} for mood in words.MOODS]}),
        field(world, "Image", "Hero", help_text="At least 1600 pixels wide."),
        field(world, "User", "Last edited by", editable=False),
    ]
