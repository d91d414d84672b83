"""What may happen to a run, drawn from a seed: rows that are wrong, people who edit, faults, and kills."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from lib.model.plan import Change
from lib.sandbox.faults import FaultKind
from lib.sandbox.seed.demo import GERMAN
from tests.builders import a_change, an_id
from tests.campaign.worker import LATE_SECONDS

JSON = dict[str, Any]


class Event(StrEnum):
    """What happens to the processes, or what people want, while the run goes on."""

    KILL = "SIGKILL"
    TERM = "SIGTERM"
    FREEZE = "frozen past its lease"
    SECOND = "a second process"
    PAUSE = "paused and resumed"
    STOP = "stopped and resumed"


@dataclass(frozen=True)
class Scenario:
    """`bad` rows must fail, `edited` rows be held back; `events` come with the seconds before each."""

    seed: int
    changes: tuple[Change, ...]
    bad: frozenset[int]
    edits: Mapping[int, float] = field(default_factory=dict)
    faults: tuple[JSON, ...] = ()
    events: tuple[tuple[float, Event], ...] = ()
    batch_size: int = 3


def draw(seed: int, items: list[JSON], image: str) -> Scenario:
    """A scenario with 4 to 14 rows about `items`, the published items of a collection; `image` is an image's slug."""
    chance = random.Random(seed)
    *chosen, taken = chance.sample(items, chance.randint(5, 15))
    changes = [_change(row, item, chance) for row, item in enumerate(chosen, 2)]
    bad = chance.sample(range(len(changes)), chance.choice([0, 0, 1, 1, 2]))
    for place in bad:
        ways = _ways_to_be_bad(chosen[place], image, taken["fieldData"]["slug"])
        changes[place] = chance.choice(ways)(changes[place])
    good = [change.row for place, change in enumerate(changes) if place not in bad]
    edited = chance.sample(good, min(chance.choice([0, 0, 0, 1, 2]), len(good)))
    events = [(chance.uniform(0.0, 0.4), chance.choice(list(Event))) for _ in range(chance.choice([0, 1, 1, 2, 3]))]
    may_be_late = all(event is not Event.FREEZE for _, event in events)
    return Scenario(
        seed=seed,
        changes=tuple(changes),
        bad=frozenset(changes[place].row for place in bad),
        edits={row: 900 + row for row in edited},
        faults=tuple(_fault(chance, may_be_late) for _ in range(chance.choice([0, 1, 2, 3, 5]))),
        events=tuple(events),
        batch_size=chance.choice([1, 2, 3, 5, 100]),
    )


def _change(row: int, item: JSON, chance: random.Random) -> Change:
    after: JSON = {"price": row + 0.25}
    if chance.random() < 0.5:
        after["summary"] = f"New words for row {row}"
    return a_change(
        row,
        after,
        before={slug: item["fieldData"].get(slug) for slug in after},
        item_id=item["id"],
        item_name=item["fieldData"]["name"],
        seen_on=datetime.fromisoformat(item["lastUpdated"]),
    )


def _ways_to_be_bad(item: JSON, image: str, taken_slug: str) -> list[Callable[[Change], Change]]:
    def with_value(slug: str, value: object) -> Callable[[Change], Change]:
        before = {slug: item["fieldData"].get(slug)}
        return lambda change: replace(change, before={**change.before, **before}, after={**change.after, slug: value})

    return [
        with_value("maker", an_id(9)),
        with_value("price", "gratis"),
        with_value("slug", taken_slug),
        with_value(image, {"url": "https://files.invalid/gone.jpg"}),
        lambda change: replace(change, item_id=an_id(change.row)),
        lambda change: replace(change, cms_locale_id=GERMAN),
    ]


def _fault(chance: random.Random, may_be_late: bool) -> JSON:
    kind = chance.choice(list(FaultKind))
    is_late = kind is FaultKind.SLOW and may_be_late and chance.random() < 0.3
    return {
        "kind": kind,
        "method": chance.choice(["PATCH", "PATCH", "PATCH", "GET"]),
        "skip": chance.randint(0, 4),
        "count": 1 if is_late or kind is FaultKind.TOO_MANY else chance.randint(1, 3),
        "applied": chance.random() < 0.5,
        "seconds": LATE_SECONDS if is_late else chance.uniform(0.02, 0.2),
    }
