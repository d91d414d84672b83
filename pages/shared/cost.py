"""What a plan will cost, in words: the requests before, while and after sending, and about how long they take."""

from lib import workflow
from lib.model.plan import Plan
from lib.stages.batch import batched
from lib.stages.cost import in_words, seconds_to_send
from lib.webflow.connection import Connection
from pages.shared.plain import count


def told(plan: Plan, connection: Connection, *, read_back: bool) -> str:
    """`3 requests to Webflow, about 3 seconds; …`."""
    requests = len(batched(plan.changes))
    seconds = seconds_to_send(requests, per_minute=workflow.calls_per_minute(connection))
    reading = f" and {requests:,} to read back what was stored" if read_back else ""
    return (
        f"{count(requests, 'request')} to Webflow, {in_words(seconds)}; besides, 1 or a few to see whether somebody "
        f"changed these items meanwhile{reading}."
    )
