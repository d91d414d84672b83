"""A site of generated items in a process of its own: the sandbox with the collection of `sheets`.

The process takes orders from its standard input, one JSON object a line: give a token a fresh site, be slower, end. The
limiter is Webflow's fixed window, or a bucket that refills, in case that is what Webflow has.
"""

import json
import math
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import requests

from benchmarks import sheets
from lib.sandbox import Sandbox
from lib.sandbox.rate import Window
from lib.sandbox.world import timestamp
from lib.webflow.connection import Connection

PER_MINUTE = 120


class Bucket(Window):
    """Tokens that come back one by one, `budget` at most."""

    def __init__(self, budget: int, seconds: float, clock: Callable[[], float]) -> None:
        super().__init__(budget, seconds, clock)
        self._level, self._seen = float(budget), clock()

    def take(self) -> bool:
        """Take one out; False when there is none."""
        self._fill()
        if self._level < 1:
            return False
        self._level -= 1
        return True

    def headers(self) -> dict[str, str]:
        """The limit, what is left, and when there is one again."""
        self._fill()
        wait = 0 if self._level >= 1 else math.ceil((1 - self._level) * self.seconds / self.budget)
        return {
            "X-RateLimit-Limit": str(self.budget),
            "X-RateLimit-Remaining": str(int(self._level)),
            "Retry-After": str(wait),
        }

    def _fill(self) -> None:
        now = self._clock()
        self._level = min(self.budget, self._level + (now - self._seen) * self.budget / self.seconds)
        self._seen = now


class Site(AbstractContextManager["Site"]):
    """The process, seen from outside."""

    def __init__(self, rows: int) -> None:
        words = [sys.executable, "-m", "benchmarks.site", str(rows)]
        self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self._answer()

    def fresh(self, token: str, **order: Any) -> Connection:
        """A way in to a site of its own; `budget`, `refills`, `is_one_import`: see `_make`."""
        self._order(token=token, **order)
        return Connection(token=token, base_url=self.url)

    def slow_down(self, latency: float) -> None:
        """Let every answer take so many seconds."""
        self._order(latency=latency)

    def asked(self, token: str) -> list[dict[str, Any]]:
        """What this token asked for so far."""
        root = self.url.removesuffix("/v2")
        return list(requests.get(f"{root}/sandbox/worlds/{token}/requests", timeout=60).json()["requests"])

    def __exit__(self, *why: object) -> None:
        self._process.kill()
        self._process.wait()

    def _order(self, **order: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        assert self._answer() == "done"

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


def main(rows: int) -> None:
    """Serve, and take orders until standard input ends."""
    box = Sandbox()
    things = _things(sheets.make(rows).items)
    box.start()
    print(box.url, flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        if "latency" in order:
            box.service.latency_seconds = order["latency"]
        else:
            _make(box, things, **order)
        print("done", flush=True)


def _make(
    box: Sandbox,
    things: dict[str, Any],
    token: str,
    budget: int = PER_MINUTE,
    refills: bool = False,
    is_one_import: bool = False,
) -> None:
    """A site with `budget` requests a minute, in one go or one by one.

    `is_one_import`: all its items were last touched within a minute, as after any bulk import; else apart.
    """
    box.add_world(token, seed="empty", budget=budget)
    world = box.service.worlds[token]
    box.plant(token, **things)
    if refills:
        world.window = Bucket(budget, 60.0, box.service.clock)
    if is_one_import:
        variants = world.items[sheets.collection().id]
        first = sheets.START
        for number, (key, variant) in enumerate(list(variants.items())):
            moment = timestamp(first + timedelta(milliseconds=number * 50_000 // len(variants)))
            staged = variant.staged | {"lastUpdated": moment, "lastPublished": moment}
            variants[key] = variant._replace(staged=staged, live=staged)


def _things(items: tuple[sheets.Item, ...]) -> dict[str, Any]:
    """The collections and items as the sandbox takes them."""
    own = sheets.collection()
    fields = [
        {"type": f.api_type, "displayName": f.display_name, "slug": f.slug, "isRequired": f.is_required}
        | ({"validations": dict(f.validations)} if f.validations else {})
        for f in own.fields
        if f.slug not in ("name", "slug")
    ]
    collections = [
        {"id": one, "displayName": f"Targets {one[-2:]}", "singularName": "Target", "fields": []}
        for one in sheets.targets()
    ]
    collections.append(
        {"id": own.id, "displayName": own.display_name, "singularName": "Thing", "slug": own.slug, "fields": fields}
    )
    found = [(own.id, item) for item in items]
    found += [(one, item) for one, all_ in sheets.targets().items() for item in all_]
    return {"collections": collections, "items": [_planted(one, item) for one, item in found]}


def _planted(collection_id: str, item: sheets.Item) -> dict[str, Any]:
    moments = {"lastUpdated": item.last_updated, "lastPublished": item.last_published, "createdOn": item.created_on}
    told = {name: timestamp(moment) for name, moment in moments.items() if moment}
    return {"collectionId": collection_id, "id": item.id, "fieldData": item.field_data, **told}


if __name__ == "__main__":
    main(int(sys.argv[1]))
