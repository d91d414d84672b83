"""The live items that an import is about: read to be matched, referred to, or edited in a spreadsheet."""

import math
from collections.abc import Callable, Sequence

from lib.fields import ReadContext
from lib.model.collection import Collection
from lib.model.item import Item
from lib.runs.reading import Tell, load_items, load_targets, read_live
from lib.runs.waits import UNTOLD, Waits
from lib.webflow.client import MOST_ITEMS
from lib.webflow.connection import Connection
from lib.workflow.destination import Chosen, Live
from lib.workflow.journey import Journey
from lib.workflow.preparation import Matched

Write = Callable[[Collection, Sequence[Item], ReadContext], bytes]


def read(connection: Connection, journey: Journey, tell: Tell, waits: Waits = UNTOLD) -> Live:
    """The items of the collection, in all languages of the file. Raises `WebflowError`; `tell` hears how many came."""
    chosen = journey.at(Chosen)
    found = read_live(connection, chosen.collection.id, tell, journey.locales, waits)
    return Live(items=tuple(found.items.values()), read_on=found.read_on, since=found.since)


def refer(connection: Connection, journey: Journey, waits: Waits = UNTOLD) -> Journey:
    """Read the items that the matched fields point to, as far as they are not known. Raises `WebflowError`."""
    matched = journey.at(Matched)
    fields = [matched.collection.field(match.field_slug or "") for match in matched.mapping.fields]
    locales = matched.before.before.before.reading_locales
    return journey.refer(load_targets(connection, fields, matched.live.targets, locales, waits))


def current(connection: Connection, chosen: Chosen, write: Write) -> bytes:
    """All items as they are now, as a file that `write` makes. Raises `WebflowError`."""
    collection, locales = chosen.collection, chosen.before.reading_locales
    known = chosen.live.targets if chosen.live else {}
    targets = load_targets(connection, collection.writable_fields, known, locales)
    items = load_items(connection, collection.id, locales=locales)
    return write(collection, items, ReadContext(targets=targets, time_zone=chosen.before.site.time_zone))


def requests_for(items: int) -> int:
    """How many requests it takes to read so many items."""
    return max(math.ceil(items / MOST_ITEMS), 1)
