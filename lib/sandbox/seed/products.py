"""The products of the demo site: 480 pieces of pottery, every field type among them."""

from lib.sandbox.answers import JSON
from lib.sandbox.collections import collection, field
from lib.sandbox.seed import words
from lib.sandbox.seed.shelf import Shelf


def add_products(shelf: Shelf, categories: dict[str, str], makers: dict[str, str]) -> None:
    """Every ware in every glaze and size."""
    made = collection(shelf.world, "Products", "Product", _fields(shelf))
    related = next(f for f in made["fields"] if f["slug"] == "goes-well-with")
    related["validations"] = {"collectionId": made["id"]}
    shelf.world.add_collection(made)
    finishes = [o["id"] for f in made["fields"] if f["slug"] == "finish" for o in f["validations"]["options"]]
    pieces = [(ware, glaze, size) for ware in words.WARES for glaze in words.GLAZES for size in words.SIZES]
    ids: list[str] = []
    for number, piece in enumerate(pieces):
        data = _product(shelf, number, piece, categories, list(makers.items()))
        data |= {"finish": finishes[number % len(finishes)]}
        if number % 3 == 0 and len(ids) > 5:
            data["goes-well-with"] = [ids[-1], ids[-4]]
        ids.append(shelf.add(made, data, status=shelf.usual_status(number)))


def _product(
    shelf: Shelf,
    number: int,
    piece: tuple[tuple[str, str, int], tuple[str, str], str],
    categories: dict[str, str],
    makers: list[tuple[str, str]],
) -> JSON:
    (ware, category, price), (glaze, colour), size = piece
    name = f"{glaze} {ware}, {size}"
    slug = shelf.slug(name)
    maker, maker_id = makers[number % len(makers)]
    data: JSON = {
        "name": name,
        "summary": f"A {size.lower()} {ware.lower()} in our {glaze.lower()} glaze.",
        "description": f"<p>Thrown by hand by {maker}, glazed in <strong>{glaze}</strong>, fired at 1,260 °C.</p>"
        "<ul><li>Dishwasher safe</li><li>Each piece is one of a kind</li></ul>",
        "price": price + 4 * words.SIZES.index(size) + (0.5 if number % 4 == 1 else 0),
        "in-stock": (number * 7) % 40,
        "sku": f"{ware[:2].upper()}-{number + 1:04d}",
        "on-sale": number % 9 == 4,
        "glaze": colour,
        "category": categories[category],
        "maker": maker_id,
        "main-image": shelf.image(f"products/{slug}.jpg", name),
        "shop-link": f"https://tidepool.example/shop/{slug}",
        "available-from": f"2026-{1 + number % 12:02d}-{1 + number % 28:02d}T00:00:00.000Z",
    }
    if number % 5 == 0:
        data["gallery"] = [shelf.image(f"products/{slug}-{view}.jpg", f"{name}, view {view}") for view in (1, 2, 3)]
    if number % 20 == 0:
        data["care-sheet"] = shelf.image(f"care/{shelf.slug(ware)}.pdf", f"Care sheet: {ware}")
        data["film"] = {"url": f"https://www.youtube.com/watch?v=tide{number:07d}", "metadata": {"title": name}}
    return data


def _fields(shelf: Shelf) -> list[JSON]:
    world = shelf.world
    targets = {found["slug"]: found["id"] for found in world.collections.values()}
    options = {"options": [{"name": finish} for finish in words.FINISHES]}
    money = {"format": "decimal", "precision": 2, "allowNegative": False, "minValue": 0, "maxValue": 5000}
    return [
        field(world, "PlainText", "Summary", validations={"singleLine": True, "maxLength": 160}),
        field(world, "RichText", "Description"),
        field(world, "Number", "Price", required=True, validations=money),
        field(world, "Number", "In stock", validations={"format": "integer", "allowNegative": False}),
        field(world, "PlainText", "SKU", slug="sku", validations={"singleLine": True, "minLength": 4, "maxLength": 20}),
        field(world, "Switch", "On sale"),
        field(world, "Color", "Glaze"),
        field(world, "Option", "Finish", validations=options),
        field(world, "Reference", "Category", required=True, validations={"collectionId": targets["categories"]}),
        field(world, "Reference", "Maker", validations={"collectionId": targets["makers"]}),
        field(world, "MultiReference", "Goes well with"),
        field(world, "Image", "Main image"),
        field(world, "MultiImage", "Gallery"),
        field(world, "File", "Care sheet"),
        field(world, "VideoLink", "Film"),
        field(world, "Link", "Shop link"),
        field(world, "DateTime", "Available from"),
    ]
