"""What asking Webflow will cost, in one true sentence."""

from collections.abc import Sequence

from lib.stages.cost import ASSUMED_LIMIT, Part, import_parts, in_words, reading, seconds_for
from lib.webflow.connection import Connection
from lib.words.say import count, say
from lib.workflow.live_items import requests_for
from lib.workflow.planning import Planned


def of(planned: Planned, connection: Connection, *, read_back: bool) -> str:
    """What sending a plan costs."""
    creating = sum(batch.changes[0].creates for batch in planned.batches)
    items = len(planned.plan.changes)
    return told(len(planned.batches), items, connection, read_back=read_back, creating=creating)


def told(batches: int, items: int, connection: Connection, *, read_back: bool, creating: int = 0) -> str:
    """`About 4 minutes: 98 requests to send, 99 to read back, at 60 a minute.` So many of the batches are `creating`
    items, which go one after the other."""
    pages = requests_for(items) if read_back else 0
    requests = count(batches, "request", "requests")
    if pages:
        what = say("{requests} to send, {pages:,} to read back", requests=requests, pages=pages)
    else:
        what = say("{requests} to send", requests=requests)
    look, *rest = import_parts(batches - creating, pages)
    parts = look, Part(requests=creating, is_guarded=True), *rest
    return _about(connection, parts, what, batches + pages)


def to_read(items: int, connection: Connection) -> str:
    """The same for reading so many items: `About 2 minutes: 100 requests, at 60 a minute.`"""
    pages = requests_for(items)
    return _about(connection, reading(pages), count(pages, "request", "requests"), pages)


def _about(connection: Connection, parts: Sequence[Part], what: str, requests: int) -> str:
    now = connection.room
    limit, time = now.limit or ASSUMED_LIMIT, in_words(seconds_for(parts, now))
    time = time[:1].upper() + time[1:]
    if now.left is None or now.left >= requests:
        return say("{time}: {what}, at {limit} a minute.", time=time, what=what, limit=limit)
    return say(
        "{time}: {what}, at {limit} a minute, of which {left:,} are left for the next {seconds:.0f} s.",
        time=time,
        what=what,
        limit=limit,
        left=now.left,
        seconds=now.ends_in,
    )
