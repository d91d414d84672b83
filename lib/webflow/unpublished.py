"""A field that the collection shows and Webflow does not take: it was added since the site was last published."""

from lib.errors import RequestRefused, WebflowError
from lib.webflow.client import Webflow
from lib.words.say import later, say

NOT_DESCRIBED = "Field not described in schema"
ADDED_SINCE = later(
    "Webflow shows the field “{field}” but takes nothing for it yet: it was added since the site was last published. "
    "Publish the site in Webflow once, then resume."
)


def explained(error: WebflowError, webflow: Webflow, collection_id: str) -> WebflowError:
    """The error that stops a run, or one that says more: the same refusal is given for a field that is gone and for
    one that waits for the site to be published (matched by a client of others). One request, for such a refusal."""
    slugs = [detail.param for detail in error.details if NOT_DESCRIBED in detail.description]
    if not slugs:
        return error
    try:
        field = webflow.collection(collection_id).field(slugs[0])
    except (WebflowError, KeyError):
        return error
    return RequestRefused(
        say(ADDED_SINCE, field=field.display_name),
        status=error.status,
        code=error.code,
        remote_message=error.remote_message,
        details=error.details,
        verdict=error.verdict,
    )
