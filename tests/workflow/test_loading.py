"""Items on their way: read once, in the background, by the token's own pace, and only as long as they are wanted."""

import itertools
from dataclasses import replace

import pytest

from lib.errors import NotConnected
from lib.runs.reading import read_live
from lib.webflow.connection import Connection
from lib.webflow.read_ahead import MOST_AHEAD
from lib.workflow import live_items
from lib.workflow.background import Background
from lib.workflow.destination import Live
from lib.workflow.live_items import FRESH_SECONDS, LEFT_TO_OTHERS, Loading, Wanted
from tests.conftest import Door
from tests.patience import until
from tests.workflow.test_journey import COLLECTION, ENGLISH, FRENCH, LIVE, OTHER

_tokens = (f"limited-{number}" for number in itertools.count(1))
HERE = Connection(token="secret", base_url="http://localhost")
ENGLISH_ITEMS = Wanted(connection=HERE, collection=COLLECTION, locales=(ENGLISH.cms_locale_id,))
BOTH = replace(ENGLISH_ITEMS, locales=(ENGLISH.cms_locale_id, FRENCH.cms_locale_id))


def products(door: Door) -> Wanted:
    connection = Connection(token=door.token, base_url=door.box.url)
    with connection.open() as webflow:
        collection = webflow.collection(door.collection_id("products"))
    return Wanted(connection=connection, collection=collection, locales=())


def listed(door: Door) -> int:
    """How often items were asked for."""
    return sum(entry["path"].endswith("/items") for entry in door.requests())


def limited(door: Door, budget: int, items: int) -> Door:
    """A site of its own that allows so many requests a minute, with so many more products."""
    token = next(_tokens)
    door.box.add_world(token, budget=budget)
    one = Door(door.box, token)
    collection_id = one.collection_id("products")
    data = ({"name": f"Tile {number}", "slug": f"tile-{number}"} for number in range(items))
    door.box.plant(token, items=[{"collectionId": collection_id, "fieldData": each} for each in data])
    return one


def test_what_is_loaded_is_what_would_have_been_read_then_and_costs_no_request_more(demo: Door) -> None:
    wanted = products(demo)
    live = live_items.load(wanted).work.result()
    loaded = listed(demo)
    read = read_live(wanted.connection, wanted.collection.id)
    assert tuple(live.items) == tuple(read.items.values()) and live.since == read.since
    assert live.read_on <= read.read_on
    assert listed(demo) == 2 * loaded


def test_the_moment_of_the_reading_is_when_it_began(demo: Door) -> None:
    """Somebody's edit while the items come is later than `since`, whether or not it was still read."""
    wanted = products(demo)
    demo.box.order_fault("slow", seconds=2.0, skip=2, method="GET", path="/items", token=demo.token)
    loading = live_items.load(wanted)
    until(lambda: loading.work.number >= 100, "the first page of items comes")
    item = next(demo.each_item("products"))
    edited = demo.call("PATCH", f"/collections/{wanted.collection.id}/items/{item['id']}", {"fieldData": {"price": 5}})
    live = loading.work.result()
    assert live.since is not None and live.since.isoformat() < edited.json()["lastUpdated"]


def test_what_nobody_waits_for_yet_leaves_some_requests_of_each_minute_to_others(demo: Door) -> None:
    items, budget = 4_000, 50
    door = limited(demo, budget, items)
    wanted = products(door)
    loading = live_items.load(wanted)
    until(lambda: (wanted.connection.room.left or 0) < LEFT_TO_OTHERS + MOST_AHEAD, "the minute is used up so far")
    for _ in range(LEFT_TO_OTHERS):
        with wanted.connection.open(lambda waiting: pytest.fail("there is no room left")) as webflow:
            webflow.sites()
    assert not loading.work.is_over


def test_a_wish_that_is_gone_ends_the_reading_after_the_request_under_way(demo: Door) -> None:
    demo.box.order_fault("slow", seconds=0.5, count=99, skip=1, method="GET", path="/items", token=demo.token)
    loading = live_items.load(products(demo))
    until(lambda: loading.work.number, "the first page of items comes")
    loading.work.stop()
    loading.work.thread.join(60)
    assert not loading.work.thread.is_alive()
    assert loading.work.number < len(demo.items("products"))


def test_whoever_takes_the_items_hears_why_there_are_none(demo: Door) -> None:
    wanted = replace(products(demo), connection=Connection(token="wrong", base_url=demo.box.url))
    loading = live_items.load(wanted)
    with pytest.raises(NotConnected, match="does not accept this token"):
        loading.work.result()
    assert not loading.serves(wanted), "the next one who wants them reads anew"


def loaded(wanted: Wanted, live: Live | None = LIVE, age: float = 0.0) -> Loading:
    """Items that came so many seconds ago, or did not come."""
    moments = iter([0.0])
    work = Background(lambda progress: live or pytest.fail("nothing came"), "work", lambda: next(moments, age))
    work.wait(60)
    return Loading(wanted=wanted, work=work)


@pytest.mark.parametrize(
    ("loading", "wanted", "serves"),
    [
        pytest.param(loaded(ENGLISH_ITEMS), ENGLISH_ITEMS, True, id="the same"),
        pytest.param(loaded(ENGLISH_ITEMS), BOTH, False, id="more languages are wanted"),
        pytest.param(loaded(BOTH), ENGLISH_ITEMS, True, id="fewer languages are wanted"),
        pytest.param(loaded(ENGLISH_ITEMS), replace(ENGLISH_ITEMS, collection=OTHER), False, id="others"),
        pytest.param(
            loaded(ENGLISH_ITEMS),
            replace(ENGLISH_ITEMS, connection=replace(HERE, token="other")),
            False,
            id="by others",
        ),
        pytest.param(loaded(ENGLISH_ITEMS, age=FRESH_SECONDS), ENGLISH_ITEMS, True, id="minutes ago"),
        pytest.param(loaded(ENGLISH_ITEMS, age=FRESH_SECONDS + 1), ENGLISH_ITEMS, False, id="long ago"),
    ],
)
def test_items_serve_who_wants_no_more_than_was_loaded_a_short_while_ago(
    loading: Loading, wanted: Wanted, serves: bool
) -> None:
    assert loading.serves(wanted) is serves


def test_the_process_has_enough_to_do_when_many_items_are_on_their_way() -> None:
    assert not live_items.is_busy()
    held = [Background(lambda progress: progress.sleep(600), "work") for _ in range(live_items.MOST_AT_WORK)]
    assert live_items.is_busy()
    for work in held:
        work.stop()
        work.thread.join(60)
    assert not live_items.is_busy()
