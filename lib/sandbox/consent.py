"""The pages beside the API on which somebody allows an app to act for them, and the address that trades its code."""

import html
import json
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from lib.sandbox.grants import App, OAuthRefusal, Unknown
from lib.sandbox.service import Service

NOT_KNOWN = "<!DOCTYPE html><title>Not known</title><h1>This app is not known, or this is not its address.</h1>"
PAGE = """<!DOCTYPE html><html lang="en"><meta name="viewport" content="width=device-width"><title>Authorize app</title>
<h1>{name} wants to access a site</h1><p>{scopes}</p>
<form method="post"><button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button></form></html>"""
HEADERS = {"Cache-Control": "no-store"}


def routes(service: Service) -> list[Route]:
    """As routes beside /v2."""

    async def ask(request: Request) -> Response:
        return _asked(service, dict(request.query_params))

    async def decide(request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        return _decided(service, dict(request.query_params), form.get("decision") == "allow")

    async def trade(request: Request) -> Response:
        return _traded(service, _told(await request.body()))

    return [
        Route("/oauth/authorize", ask, methods=["GET"]),
        Route("/oauth/authorize", decide, methods=["POST"]),
        Route("/oauth/access_token", trade, methods=["POST"]),
    ]


def _asked(service: Service, query: dict[str, str]) -> Response:
    try:
        app = service.grants.app_of(query)
        service.grants.check(query)
    except Unknown:
        return HTMLResponse(NOT_KNOWN, 400)
    except OAuthRefusal as refusal:
        return _led_back(app, query, {"error": refusal.error, "error_description": str(refusal)})
    return HTMLResponse(PAGE.format(name=html.escape(query["client_id"]), scopes=html.escape(query["scope"])))


def _decided(service: Service, query: dict[str, str], is_allowed: bool) -> Response:
    try:
        app = service.grants.app_of(query)
        service.grants.check(query)
    except (Unknown, OAuthRefusal):
        return HTMLResponse(NOT_KNOWN, 400)
    if not is_allowed:
        return _led_back(app, query, {"error": "access_denied"})
    return _led_back(app, query, {"code": service.grants.allow(query, service.clock())})


def _led_back(app: App, query: dict[str, str], told: dict[str, str]) -> Response:
    told |= {"state": query["state"]} if "state" in query else {}
    return RedirectResponse(f"{app.redirect_url}?{urlencode(told)}", 303)


def _traded(service: Service, form: dict[str, str]) -> Response:
    """A new token each time, for one and the same world."""
    try:
        known, given, scopes = service.grants.trade(form, service.clock())
    except OAuthRefusal as refusal:
        return JSONResponse(refusal.body, refusal.status, HEADERS)
    service.worlds[given] = service.worlds[known]  # with one budget: only the real ones have one each
    told = {"token_type": "bearer", "access_token": given, "scope": " ".join(sorted(scopes))}
    return JSONResponse(told, headers=HEADERS)


def _told(body: bytes) -> dict[str, str]:
    """A form, as the standard has it, or JSON, as examples of others have it."""
    try:
        found: Any = json.loads(body)
    except ValueError:
        return dict(parse_qsl(body.decode("utf-8", "replace")))
    return {name: value for name, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}
