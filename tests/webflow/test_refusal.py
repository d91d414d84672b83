"""Every kind of no is an error of its own, and a sentence."""

import pytest

from lib.errors import NotConnected, NotFound, RequestRefused, WebflowError, WebflowUnavailable
from lib.webflow.client import Webflow
from tests.builders import a_change
from tests.webflow.conftest import Script

REFUSAL = {"message": "Validation Error", "code": "validation_error", "externalReference": None}
GONE = {"message": "Requested resource not found", "code": "resource_not_found", "details": []}


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (401, {"message": "Request not authorized"}, NotConnected, "does not accept this token"),
        (401, "<html>", NotConnected, "does not accept this token"),
        (403, {"message": "the following scopes - 'cms:write'"}, NotConnected, r"cms:write \(CMS: read and write\)"),
        (403, {"message": "the following scopes - sites:read"}, NotConnected, r"sites:read \(Sites: read\)"),
        (403, {"message": "the following scopes - 'x_y:read'"}, NotConnected, r"permission x_y:read\. .*API access"),
        (403, {"message": "User is not authorized"}, NotConnected, "may not do that"),
        (400, {"message": "Bad", "code": "invalid_scope"}, NotConnected, "switched off for the app"),
        (403, {"message": "invalid_scope"}, NotConnected, "switched off for the app"),
        (403, "<html>blocked</html>", WebflowUnavailable, "a firewall"),
        (404, GONE, NotFound, "This item does not exist any more, or not in this language"),
        (404, GONE | {"message": "Requested resource not found: The site cannot be found"}, NotFound, "This site"),
        (404, GONE | {"message": "… The collection cannot be found"}, NotFound, "This collection"),
        (404, {"message": "gone", "code": "collection_not_found"}, NotFound, "This collection"),
        (404, {"message": "gone"}, NotFound, "cannot find this"),
        (404, {"msg": "Route not found: /x", "code": 404}, WebflowUnavailable, "did not answer like Webflow"),
        (404, "<html>nothing here</html>", WebflowUnavailable, "did not answer like Webflow"),
        (
            400,
            REFUSAL | {"details": [{"param": "slug", "description": "Unique value is already in database: 'a'"}]},
            RequestRefused,
            "already has the page address “a”",
        ),
        (400, REFUSAL | {"details": [{"field": "x", "message": "Field is required"}]}, RequestRefused, "is required"),
        (400, REFUSAL | {"details": ["odd"]}, RequestRefused, "said: “odd”"),
        (400, REFUSAL | {"details": "odd"}, RequestRefused, "said: “Validation Error”"),
        (409, {"message": "Collection structure changed since the last publish"}, RequestRefused, "Publish the site"),
        (413, "<html>too large</html>", RequestRefused, "too large"),
        (400, "<html>proxy</html>", WebflowUnavailable, "did not answer like Webflow"),
        (302, "", WebflowUnavailable, "did not answer like Webflow"),
        (200, {"other": 1}, WebflowUnavailable, "did not answer like Webflow"),
        (200, {"sites": {}}, WebflowUnavailable, "did not answer like Webflow"),
        (200, {"sites": [{"name": "no id"}]}, WebflowUnavailable, "did not answer like Webflow"),
        (200, {"sites": ["odd"]}, WebflowUnavailable, "did not answer like Webflow"),
    ],
)
def test_every_refusal_is_typed_and_said_in_words(
    script: Script, client: Webflow, status: int, body: object, kind: type[WebflowError], words: str
) -> None:
    script.answer(status, body)
    with pytest.raises(kind, match=words):
        client.sites()
    assert len(script.asked) == 1


def test_refusals_carry_status_code_message_and_details(script: Script, client: Webflow) -> None:
    script.answer(400, REFUSAL | {"details": [{"param": "price", "description": "Field is required"}]})
    with pytest.raises(RequestRefused) as error:
        client.write_items("c", [a_change()])
    found = error.value
    assert (found.status, found.code, found.remote_message) == (400, "validation_error", "Validation Error")
    assert found.details[0].param == "price"


def test_endless_refusals_are_cut(script: Script, client: Webflow) -> None:
    details = [{"param": f"p{n}", "description": "x" * 5_000} for n in range(1_000)]
    script.answer(400, REFUSAL | {"message": "y" * 5_000, "details": details})
    with pytest.raises(RequestRefused) as error:
        client.sites()
    assert len(error.value.details) == 100
    assert len(error.value.remote_message) == len(error.value.details[0].description) == 2_000
