"""What asking Webflow will cost, in one true sentence."""

import math

from lib.stages.cost import ASSUMED_LIMIT, Part, import_parts, in_words, seconds_for
from lib.webflow.client import MOST_ITEMS
from lib.webflow.connection import Connection
from lib.webflow.pace import Room
from pages.shared.plain import count


def told(batches: int, connection: Connection, *, read_back: bool) -> str:
    """`About 4 minutes: 98 requests to send, 98 to read back, at 60 a minute.`"""
    now = connection.room
    pages = batches if read_back else 0
    reading = f", {pages:,} to read back" if pages else ""
    words = in_words(seconds_for(import_parts(batches, pages), now)).capitalize()
    return f"{words}: {count(batches, 'request')} to send{reading}, {_limit(now, batches + pages)}."


def to_read(items: int, connection: Connection) -> str:
    """The same for reading so many items: `About 2 minutes: 100 requests, at 60 a minute.`"""
    now, pages = connection.room, max(math.ceil(items / MOST_ITEMS), 1)
    words = in_words(seconds_for([Part(requests=pages)], now)).capitalize()
    return f"{words}: {count(pages, 'request')}, {_limit(now, pages)}."


def _limit(now: Room, requests: int) -> str:
    told = f"at {now.limit or ASSUMED_LIMIT} a minute"
    is_short = now.left is not None and now.left < requests
    return f"{told}, of which {now.left:,} are left for the next {now.ends_in:.0f} s" if is_short else told
