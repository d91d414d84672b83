"""The calls of the API: each takes what was asked and gives a status and a body."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from lib.sandbox import collections, entries, inserting, items, listing
from lib.sandbox.answers import JSON, Refusal, internal, invalid_path_id, not_found, too_many
from lib.sandbox.world import Key, World

Answer = tuple[int, JSON | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """One authorised request: whose, the ids in its path, its query, and its body (parsed on demand)."""

    world: World
    ids: Mapping[str, str]
    query: Mapping[str, str]
    body: Callable[[], Any]

    @property
    def collection_id(self) -> str:
        return self.ids["collection_id"]

    @property
    def skip(self) -> bool:
        return self.query.get("skipInvalidFiles", "true") != "false"

    @property
    def key(self) -> Key:
        return self.ids["item_id"], self.query.get("cmsLocaleId") or self.world.primary_locale


@dataclass(frozen=True, slots=True)
class Call:
    """One operation: method, path, the scope it needs, and what it does."""

    method: str
    path: str
    scope: str
    answer: Callable[[Asked], Answer]

    def matches(self, path: str) -> dict[str, str] | None:
        """The ids in `path` when it is an address of this call."""
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)
        found = re.fullmatch(pattern, path)
        return found.groupdict() if found else None


def check_ids(ids: Mapping[str, str]) -> None:
    """Refuses ids in the path that are not 24 hexadecimal digits."""
    for name, value in ids.items():
        if not entries.OBJECT_ID.fullmatch(value):
            raise invalid_path_id(f"{name.removesuffix('_id').capitalize()} ID")


def check_existence(world: World, ids: Mapping[str, str]) -> None:
    """Refuses sites and collections that this token cannot see."""
    if ids.get("site_id", world.site["id"]) != world.site["id"]:
        raise not_found("site")
    if "collection_id" in ids:
        world.collection(ids["collection_id"])


def authorized_by(asked: Asked) -> Answer:
    person = {"id": asked.world.site["id"][::-1], "email": "ada@example.com", "firstName": "Ada", "lastName": "Example"}
    return 200, person


def introspect(asked: Asked) -> Answer:
    """Site tokens get this answer from the real API too (seen in the wild)."""
    raise internal()


def list_sites(asked: Asked) -> Answer:
    return 200, {"sites": [asked.world.site]}


def get_site(asked: Asked) -> Answer:
    return 200, asked.world.site


def publish_site(asked: Asked) -> Answer:
    """One success a minute (developers.webflow.com, "Rate Limits")."""
    body, world = asked.body(), asked.world
    if not isinstance(body, dict) or not (body.get("customDomains") or body.get("publishToWebflowSubdomain")):
        raise Refusal(400, "no_domains", "No domain IDs provided")
    domains = {domain["id"]: domain for domain in world.site["customDomains"]}
    wanted = body.get("customDomains") or []
    if not isinstance(wanted, list) or any(not isinstance(one, str) or one not in domains for one in wanted):
        raise Refusal(400, "invalid_domain", "Please send a valid custom domain ID")
    if world.site_window and not world.site_window.take():
        raise too_many()
    items.publish_site(world)
    subdomain = bool(body.get("publishToWebflowSubdomain"))
    published_to = [domains[one] for one in wanted]
    return 202, {"customDomains": published_to, "publishToWebflowSubdomain": subdomain, "publishScope": "site"}


def list_collections(asked: Asked) -> Answer:
    return 200, {"collections": [collections.short(found) for found in asked.world.collections.values()]}


def create_collection(asked: Asked) -> Answer:
    return 200, collections.created(asked.world, asked.body())


def get_collection(asked: Asked) -> Answer:
    return 200, asked.world.collection(asked.collection_id)


def _list(asked: Asked, live: bool) -> Answer:
    found = items.listed(asked.world, asked.collection_id, live=live)
    return 200, listing.page(found, asked.query, asked.world.primary_locale)


def _get(asked: Asked, live: bool) -> Answer:
    variant = items.find(asked.world, asked.collection_id, asked.key)
    item = variant.live if live else variant.staged
    if item is None:
        raise not_found()
    return 200, item


def _create(asked: Asked, live: bool) -> Answer:
    new, several = entries.new_entries(asked.body())
    made = items.create(asked.world, asked.collection_id, new, live=live, skip=asked.skip)
    return 202, {"items": made} if several else made[0]


def create_in_locales(asked: Asked) -> Answer:
    """One content in several locales, under one id."""
    body = asked.body()
    (entry, *_), _several = entries.new_entries(body)
    locales = entries.locales_of(asked.world, body)
    item_id = asked.world.new_id()
    new = [entry | {"id": item_id, "cmsLocaleId": locale, "isDraft": entry.get("isDraft", True)} for locale in locales]
    made = items.create(asked.world, asked.collection_id, new, live=False, skip=asked.skip)[0]
    return 202, {key: value for key, value in made.items() if key != "cmsLocaleId"} | {"cmsLocaleIds": locales}


def insert(asked: Asked) -> Answer:
    """New items in the locales that each names, as drafts; of an item that is there, these locales are added
    (documented, but for how an entry names its item, which is our guess: by `id`)."""
    wanted = inserting.in_locales(asked.world, asked.collection_id, entries.entries_to_insert(asked.body()))
    return 202, {"items": items.create(asked.world, asked.collection_id, wanted, live=False, skip=asked.skip)}


def _update(asked: Asked, live: bool) -> Answer:
    wanted = entries.update_entries(asked.body())
    done = items.update(asked.world, asked.collection_id, wanted, live=live, skip=asked.skip)
    return 200, {"items": done}


def _update_one(asked: Asked, live: bool) -> Answer:
    (entry,) = entries.update_entries({"items": [entries.object_of(asked.body()) | {"id": asked.ids["item_id"]}]})
    return 200, items.update(asked.world, asked.collection_id, [entry], live=live, skip=asked.skip)[0]


def publish_items(asked: Asked) -> Answer:
    done, errors = items.publish(asked.world, asked.collection_id, entries.keys(asked.world, asked.body()))
    return 202, {"publishedItemIds": done, "errors": errors}


def _named(asked: Asked) -> list[Key]:
    """The item in the path, or those that the body names."""
    return [asked.key] if "item_id" in asked.ids else entries.keys(asked.world, asked.body())


def delete(asked: Asked) -> Answer:
    items.delete(asked.world, asked.collection_id, _named(asked))
    return 204, None


def unpublish(asked: Asked) -> Answer:
    items.unpublish(asked.world, asked.collection_id, _named(asked))
    return 204, None


def _calls() -> tuple[Call, ...]:
    site, collection = "/sites/{site_id}", "/collections/{collection_id}"
    many, one = f"{collection}/items", f"{collection}/items/{{item_id}}"
    return (
        Call("GET", "/token/authorized_by", "authorized_user:read", authorized_by),
        Call("GET", "/token/introspect", "", introspect),
        Call("GET", "/sites", "sites:read", list_sites),
        Call("GET", site, "sites:read", get_site),
        Call("POST", f"{site}/publish", "sites:write", publish_site),
        Call("GET", f"{site}/collections", "cms:read", list_collections),
        Call("POST", f"{site}/collections", "cms:write", create_collection),
        Call("GET", collection, "cms:read", get_collection),
        Call("GET", many, "cms:read", partial(_list, live=False)),
        Call("POST", many, "cms:write", partial(_create, live=False)),
        Call("PATCH", many, "cms:write", partial(_update, live=False)),
        Call("DELETE", many, "cms:write", delete),
        Call("GET", f"{many}/live", "cms:read", partial(_list, live=True)),
        Call("POST", f"{many}/live", "cms:write", partial(_create, live=True)),
        Call("PATCH", f"{many}/live", "cms:write", partial(_update, live=True)),
        Call("DELETE", f"{many}/live", "cms:write", unpublish),
        Call("POST", f"{many}/bulk", "cms:write", create_in_locales),
        Call("POST", f"{many}/insert", "cms:write", insert),
        Call("POST", f"{many}/publish", "cms:write", publish_items),
        Call("GET", one, "cms:read", partial(_get, live=False)),
        Call("PATCH", one, "cms:write", partial(_update_one, live=False)),
        Call("DELETE", one, "cms:write", delete),
        Call("GET", f"{one}/live", "cms:read", partial(_get, live=True)),
        Call("PATCH", f"{one}/live", "cms:write", partial(_update_one, live=True)),
        Call("DELETE", f"{one}/live", "cms:write", unpublish),
    )


CALLS = _calls()


def find_call(method: str, path: str) -> tuple[Call, dict[str, str]] | None:
    """The call at this address and the ids in it; fixed words win over ids, since they stand first."""
    for call in CALLS:
        ids = call.matches(path)
        if call.method == method and ids is not None:
            return call, ids
    return None
