"""Doors beside the API, outside /v2: make worlds, plant items, order faults, see what was asked."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from lib.sandbox.collections import add_field, created
from lib.sandbox.faults import Fault, FaultKind
from lib.sandbox.service import Service
from lib.sandbox.worlds import add_world


def plant(service: Service, token: str, body: dict[str, Any]) -> None:
    """Store collections and items exactly as given, ids, dates and all; `live` items are published as they are.

    `fields` are added to collections (`collectionId`) as the Designer does it.
    """
    world = service.worlds[token]
    for collection in body.get("collections", []):
        created(world, collection)
    for field in body.get("fields", []):
        add_field(world, field["collectionId"], field)
    for item in body.get("items", []):
        full = {
            "id": item.get("id") or world.new_id(),
            "cmsLocaleId": item.get("cmsLocaleId") or world.primary_locale,
            "lastPublished": item.get("lastPublished"),
            "lastUpdated": item.get("lastUpdated") or world.stamp(),
            "createdOn": item.get("createdOn") or world.stamp(),
            "isArchived": bool(item.get("isArchived")),
            "isDraft": bool(item.get("isDraft")),
            "fieldData": item["fieldData"],
        }
        world.put(item["collectionId"], full, live=full if full["lastPublished"] else None)


def routes(service: Service) -> list[Route]:
    """The hooks as routes below /sandbox."""

    async def make_world(request: Request) -> Response:
        body = await request.json()
        add_world(service, request.path_params["token"], **body)
        return Response(status_code=204)

    async def plant_things(request: Request) -> Response:
        plant(service, request.path_params["token"], await request.json())
        return Response(status_code=204)

    async def asked(request: Request) -> Response:
        return JSONResponse({"requests": list(service.worlds[request.path_params["token"]].requests)})

    async def order_fault(request: Request) -> Response:
        body = await request.json()
        service.faults.order(Fault(**body | {"kind": FaultKind(body["kind"])}))
        return Response(status_code=204)

    return [
        Route("/sandbox/worlds/{token}", make_world, methods=["PUT"]),
        Route("/sandbox/worlds/{token}/things", plant_things, methods=["POST"]),
        Route("/sandbox/worlds/{token}/requests", asked, methods=["GET"]),
        Route("/sandbox/faults", order_fault, methods=["POST"]),
    ]
