"""New worlds: a copy of the demo site, or an empty site."""

import functools
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from lib.sandbox.behaviour import Behaviour
from lib.sandbox.rate import Window
from lib.sandbox.seed import demo
from lib.sandbox.service import Service
from lib.sandbox.world import ALL_SCOPES, LOG_LENGTH, World

MOST_WORLDS = 200
PUBLISHES_PER_MINUTE = 1
SECONDS_PER_MINUTE = 60.0


@functools.cache
def _pattern(seed: str) -> World:
    """The world that all copies start from; built once."""
    builders: dict[str, Callable[[], World]] = {"demo": demo.build, "empty": demo.empty}
    return builders[seed]()


def add_world(
    service: Service,
    token: str,
    *,
    seed: str = "demo",
    budget: int = 60,
    window_seconds: float = 60.0,
    scopes: Iterable[str] = ALL_SCOPES,
    behaviour: Mapping[str, bool] | None = None,
    log_length: int = LOG_LENGTH,
) -> None:
    """Give `token` a world of its own (`demo` or `empty`), replacing the one it had; of too many the idlest goes.

    `behaviour`: switches of `Behaviour` that differ from the usual. `log_length`: how many requests it remembers.
    """
    window = Window(budget, window_seconds, service.clock)
    world = _pattern(seed).copy(window, Window(PUBLISHES_PER_MINUTE, SECONDS_PER_MINUTE, service.clock))
    world.requests = deque(maxlen=log_length)
    world.scopes = frozenset(scopes)
    world.behaviour = Behaviour(**behaviour or {})
    world.now = lambda: datetime.now(UTC)
    world.used_at = service.clock()
    service.worlds[token] = world
    while len(service.worlds) > MOST_WORLDS:
        put_away(service, idlest(service))


def idlest(service: Service) -> str:
    """The token of the world that has rested longest."""
    known = list(service.worlds.items())  # a copy at one stroke: others may add theirs just now
    return min(known, key=lambda entry: entry[1].used_at)[0]


def put_away(service: Service, token: str) -> None:
    """Forget this world, if it is there."""
    if service.worlds.pop(token, None) is not None:
        service.put_away.append(token)  # remembered for a while, to be told why it opens nothing
