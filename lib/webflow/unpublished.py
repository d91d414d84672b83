"""A field that the collection shows and Webflow does not take: it was added since the site was last published."""

from lib.errors import RequestRefused, WebflowError
from lib.webflow.client import Webflow
from lib.webflow.plain_words import PUBLISH_THE_SITE

NOT_DESCRIBED = "Field not described in schema"
ADDED_SINCE = (
    "Webflow shows the field “{}” but takes nothing for it yet: it was added since the site was last published. "
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
    sentence = ADDED_SINCE.format(field.display_name) + PUBLISH_THE_SITE
    return RequestRefused(
        sentence,
        status=error.status,
        code=error.code,
        remote_message=error.remote_message,
        details=error.details,
        verdict=error.verdict,
    )
