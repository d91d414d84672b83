"""Before a run's items are published: what would go wrong; afterwards: what visitors see."""

from dataclasses import replace

from lib.errors import FlowsheetError, WebflowError
from lib.model.run import RunKind
from lib.runs import follow_up
from lib.runs.clock import since_stored
from lib.runs.compare import Tell
from lib.runs.publishable import WHY_LEFT_OUT, places
from lib.runs.reading import load_targets, read_updated
from lib.runs.service import seen_by_visitors
from lib.runs.service.publish_preview import Looked, PublishPreview
from lib.runs.service.runs import Runs
from lib.runs.service.seen_by_visitors import SeenByVisitors
from lib.runs.unseen_references import unseen_references
from lib.runs.waits import UNTOLD, Waits
from lib.webflow.connection import Connection
from lib.words.say import later, say

NOT_READ = later("What these items refer to could not be read: {error}")
NOBODY_KNOWS = later("The run that stored these values is not on record any more, so nobody knows what was meant.")


def preview(
    runs: Runs, connection: Connection, run_id: str, waits: Waits = UNTOLD, tell: Tell = lambda number: None
) -> PublishPreview:
    """What publishing this run's items would do. Raises `WebflowError`.

    Two requests for the site and the collection, one more for each language, and one for each page of items that
    anybody updated since the run. `tell` hears how many items have been read.
    """
    spec, outcomes = runs.ended(run_id)
    order = follow_up.publish(run_id, spec, outcomes)
    changes = order.plan.changes
    with waits.open(connection) as webflow:
        sites = {site.id: site for site in webflow.sites()}
        collection = webflow.collection(spec.collection.id)
        found = read_updated(webflow, collection.id, changes, since_stored(spec, outcomes), tell)
    stand = places(changes, found.items)
    left_out = {row: say(WHY_LEFT_OUT[place]) for row, place in stand.items() if place in WHY_LEFT_OUT}
    return PublishPreview(
        spec=follow_up.publish(run_id, spec, outcomes, left_out),
        site=sites.get(spec.site.id, spec.site),
        collection=collection,
        items=found.items,
        places=stand,
        names={change.row: change.item_name for change in changes},
    )


def with_references(
    connection: Connection, shown: PublishPreview, waits: Waits = UNTOLD, tell: Tell = lambda number: None
) -> PublishPreview:
    """The same, with what the items refer to looked at: one request for each page of the collections that they name.

    `tell` hears how many items have been read.
    """
    locales = sorted({change.cms_locale_id for change in shown.shown if change.cms_locale_id})
    try:
        targets = load_targets(connection, shown.references, {}, locales, waits, tell)
    except WebflowError as error:
        return replace(shown, looked=Looked(why_not=say(NOT_READ, error=error)))
    along = {change.item_id for change in shown.shown}
    return replace(shown, looked=Looked(unseen=unseen_references(shown.shown, shown.collection, targets, along)))


def look_at_live(
    runs: Runs, connection: Connection, run_id: str, waits: Waits = UNTOLD, tell: Tell = lambda number: None
) -> SeenByVisitors:
    """What visitors see now of what this run published, or sent live at once. Raises `WebflowError`, and
    `FlowsheetError` where the run that stored the values is not on record any more."""
    stored = runs.ended(run_id)
    _, told = stored
    while stored[0].kind is RunKind.PUBLISH:
        try:
            stored = runs.ended(stored[0].parent_id or "")
        except FlowsheetError:
            raise FlowsheetError(say(NOBODY_KNOWS)) from None
    with waits.open(connection) as webflow:
        return seen_by_visitors.look(webflow, run_id, told, stored, tell)
