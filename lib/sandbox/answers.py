"""What the API says no with: one envelope, as recorded from real answers."""

from typing import Any

JSON = dict[str, Any]


class Refusal(Exception):
    """A request that is answered with an error; nothing of it is applied."""

    def __init__(self, status: int, code: str, message: str, details: list[JSON] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body: JSON = {"message": message, "code": code, "externalReference": None, "details": details or []}


def not_authorized() -> Refusal:
    return Refusal(401, "not_authorized", "Request not authorized")


def site_put_away() -> Refusal:
    """An answer of the sandbox's own, which Webflow does not have: 401 like a token that is gone, with another code."""
    return Refusal(401, "demo_site_put_away", "The demo site of this token was put away")


def site_full() -> Refusal:
    """Another one of the sandbox's own."""
    return Refusal(403, "demo_site_full", "The demo site of this token has taken all that it can hold")


def missing_scope(scope: str) -> Refusal:
    text = f"OAuthForbidden: You are missing the following scopes - '{scope}'"
    return Refusal(403, "missing_scopes", text)


def route_not_found(path: str) -> JSON:
    """The old shape, still used for unknown addresses: `code` is a number and `message` is missing."""
    return {"msg": f"Route not found: {path}", "code": 404, "name": "RouteNotFoundError", "errorEnum": "RouteNotFound"}


def not_found(what: str = "") -> Refusal:
    text = f"Requested resource not found: The {what} cannot be found" if what else "Requested resource not found"
    return Refusal(404, "resource_not_found", text)


def invalid_path_id(kind: str) -> Refusal:
    text = "Provided ID is invalid" if kind == "Item ID" else f"Provided IDs are invalid: {kind}"
    return Refusal(400, "validation_error", f"Validation Error: {text}")


def malformed() -> Refusal:
    return Refusal(400, "bad_request", "Bad Request: Request is malformed")


def envelope(text: str) -> Refusal:
    """The body or query is of the wrong form, in the wording of the JSON-schema checker behind the real API."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return Refusal(400, "validation_error", f'Validation Error: ["{quoted}"]')


def invalid_value(param: str, description: str) -> Refusal:
    """A value was refused: the details name the field, never the item."""
    return Refusal(400, "validation_error", "Validation Error", [{"param": param, "description": description}])


def missing_fields() -> Refusal:
    """An entry that names an item and nothing to change (matched by a client of others)."""
    return Refusal(400, "validation_error", "Validation Error: Missing fields")


def conflict(text: str) -> Refusal:
    return Refusal(409, "conflict", f"Conflict: {text}")


def too_many() -> Refusal:
    return Refusal(429, "too_many_requests", "Too Many Requests")


def internal() -> Refusal:
    return Refusal(500, "internal_error", "An Internal Error Occurred")


def unavailable() -> Refusal:
    text = "Service temporarily unavailable. Please try again later."
    return Refusal(503, "service_unavailable", text)
