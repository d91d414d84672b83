"""What surely failed, and why, in words."""

from lib.errors import RequestRefused, WebflowError
from lib.model.collection import Collection
from lib.model.plan import Change
from lib.model.row_status import RowStatus
from lib.model.run import Outcome
from lib.runs.new_items import missing, why_missing
from lib.runs.requesting import outcome_of
from lib.webflow.plain_words import explain
from lib.words.say import say


def failed(change: Change, error: WebflowError) -> Outcome:
    """The outcome of a change that Webflow refused."""
    slug = error.details[0].param if error.details else ""
    return outcome_of(change, RowStatus.FAILED, _reason(change, error), field=slug)


def refers_to_nothing(change: Change, collection: Collection) -> Outcome | None:
    """The outcome of a change that refers to new items which were not created; None when all of them are there."""
    found = missing(change, collection)
    if not found:
        return None
    rows = sorted({row for rows in found.values() for row in rows})
    return outcome_of(change, RowStatus.FAILED, why_missing(rows), field=next(iter(found)))


def _reason(change: Change, error: WebflowError) -> str:
    """The refusal in words. It names no file (matched by clients of others), so the address comes from the row."""
    if not isinstance(error, RequestRefused) or not error.details:
        return str(error)
    files = {slug: _addresses(value) for slug, value in change.after.items()}
    return explain(error.details, error.remote_message, files)


def _addresses(value: object) -> str:
    """The addresses of the files in a value, "" for values of other kinds."""
    files = value if isinstance(value, list) else [value]
    urls = [str(file["url"]) for file in files if isinstance(file, dict) and "url" in file]
    return urls[0] if len(urls) == 1 else say("(one of {addresses})", addresses=", ".join(urls)) if urls else ""
