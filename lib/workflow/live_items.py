"""The live items that an import is about: read to be matched, referred to, or edited in a spreadsheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lib.fields import ReadContext
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.item_table import ItemTable
from lib.runs.compare import Tell
from lib.runs.reading import load_items, load_targets, read_live
from lib.runs.waits import UNTOLD, Waits
from lib.stages.live_rows import get_ready
from lib.stages.read.turns import Turns
from lib.webflow.connection import Connection
from lib.webflow.paging import offsets_for
from lib.webflow.read_ahead import MOST_AHEAD
from lib.words.say import later, say
from lib.workflow.background import Background, Progress, at_work
from lib.workflow.destination import Chosen, Live
from lib.workflow.journey import Journey
from lib.workflow.matching import Matched

FRESH_SECONDS = 300.0
MOST_AT_WORK = 8
MOST_AT_ONCE = 40
IN_LINE = later("Many people are reading items at the moment; yours are read as soon as one of them is done")
LEFT_TO_OTHERS = 10  # of at least 60 requests a minute
LOOK_SECONDS = 0.25

TURNS = Turns(MOST_AT_ONCE)

Write = Callable[[Collection, Sequence[Item], ReadContext], bytes]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The items of a collection, in these languages (none: the only one), by this way in."""

    connection: Connection
    collection: Collection
    locales: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Loading:
    """Items on their way, or there."""

    wanted: Wanted
    work: Background[Live]

    def is_about(self, connection: Connection | None, chosen: Chosen | None) -> bool:
        """Whether these are items of the collection that is chosen, by this way in."""
        wanted = self.wanted
        return (
            chosen is not None
            and (wanted.connection, wanted.collection.id) == (connection, chosen.collection.id)
            and set(chosen.before.locales) <= set(wanted.locales)
        )

    def serves(self, wanted: Wanted) -> bool:
        """Whether this is all that is wanted, and worth waiting for: it has not failed, and did not end long ago.

        Nothing written is at stake in old items, since whatever was edited after they were read is held back. But a
        preview of them would show what nobody would find any more.
        """
        mine = self.wanted
        is_same = (mine.connection, mine.collection.id) == (wanted.connection, wanted.collection.id)
        has_all = set(wanted.locales) <= set(mine.locales)
        return is_same and has_all and not self.work.has_failed and self.work.age <= FRESH_SECONDS


def wanted(connection: Connection, journey: Journey) -> Wanted:
    """The items of the chosen collection, in all languages of the file, once there is one."""
    return Wanted(connection=connection, collection=journey.at(Chosen).collection, locales=tuple(journey.locales))


def load(wanted: Wanted) -> Loading:
    """Begin to read, in the background. Whoever takes the result gets what was raised, such as a `WebflowError`."""

    def work(progress: Progress) -> Live:
        def tell(number: int) -> None:
            progress.tell(number)
            _leave_some(wanted.connection, progress)

        with TURNS.turn(lambda ahead: progress.wait(say(IN_LINE))):
            progress.wait("")
            found = read_live(wanted.connection, wanted.collection.id, tell, wanted.locales, progress.waits)
        items = ItemTable(found.items.values())
        live = Live(items=items, read_on=found.read_on, since=found.since, locales=wanted.locales)
        get_ready(items, wanted.collection, ReadContext())
        return live

    return Loading(wanted=wanted, work=Background(work, name=f"items-{wanted.collection.id}"))


def is_busy() -> bool:
    """Whether this process has enough to do without what nobody waits for yet."""
    return at_work() >= MOST_AT_WORK


def _leave_some(connection: Connection, progress: Progress) -> None:
    """As long as nobody waits for the items, a few requests of each minute stay for what somebody does wait for.

    Some pages are still fetched ahead while this rests.
    """
    while not progress.is_awaited and (left := connection.room.left) is not None and left < LEFT_TO_OTHERS + MOST_AHEAD:
        progress.sleep(LOOK_SECONDS)


def refer(connection: Connection, journey: Journey, waits: Waits = UNTOLD, tell: Tell = lambda number: None) -> Journey:
    """Read the items that the matched fields point to, as far as they are not known. Raises `WebflowError`.

    `tell` hears how many have been read so far.
    """
    matched = journey.at(Matched)
    fields = [matched.collection.field(match.field_slug or "") for match in matched.mapping.fields]
    locales = matched.live.locales
    referred = journey.refer(load_targets(connection, fields, matched.live.targets, locales, waits, tell))
    now = referred.at(Matched)
    get_ready(now.found.table, now.collection, now.context)
    return referred


def current(connection: Connection, chosen: Chosen, write: Write) -> bytes:
    """All items as they are now, as a file that `write` makes. Raises `WebflowError`."""
    collection, own = chosen.collection, chosen.before.locale_id
    locales = (own,) if own else ()
    known = chosen.live.targets if chosen.live else {}
    targets = load_targets(connection, collection.writable_fields, known, locales)
    with TURNS.turn(lambda ahead: None):
        items = load_items(connection, collection.id, locales=locales)
    zone, languages = chosen.before.site.time_zone, chosen.before.languages
    return write(collection, items, ReadContext(targets=targets, time_zone=zone, languages=languages).spoken(own))


def requests_for(items: int) -> int:
    """How many requests it takes to read so many items."""
    return len(offsets_for(items))
