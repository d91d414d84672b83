"""Whether there is room for one more run: bounded for one person, for the demo, and for everybody together."""

from lib.errors import FlowsheetError
from lib.journal import retention
from lib.journal.database import Database
from lib.journal.under_way import under_way
from lib.settings import SHARES, settings
from lib.words.say import say

MEGABYTE = 1_000_000


def check(db: Database, person: str, *, is_demo: bool) -> None:
    """Raises `FlowsheetError` where there is none.

    The demo may have half of everything, since it costs nobody a token: it never keeps real work waiting.
    """
    most, size = settings().runs_at_once, settings().journal_mb * MEGABYTE
    counted = under_way(db, person)
    own = max(most // SHARES, 1)
    if counted.own >= own:
        raise FlowsheetError(
            say(
                "{own} runs of yours are under way, and more at once would keep others waiting. This one has not "
                "started and nothing was sent. Let one end, or stop one, and try again.",
                own=own,
            )
        )
    if counted.all >= most or (is_demo and counted.demo >= max(most // 2, 1)):
        raise FlowsheetError(
            say(
                "As many runs are under way as this app takes at once. This one has not started and nothing was sent. "
                "Try again in some minutes."
            )
        )
    if retention.size_bytes(db) > (size / 2 if is_demo else size):
        raise FlowsheetError(
            say(
                "The records of this app take all the room they may. This one has not started and nothing was sent. "
                "Delete runs you do not need any more, or ask the person who runs this app for more room."
            )
        )
