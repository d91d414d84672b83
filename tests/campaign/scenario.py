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
from tests.builders import a_change, a_creation, an_id
from tests.campaign.worker import LATE_SECONDS

JSON = dict[str, Any]
GONE = {"url": "https://files.invalid/gone.jpg"}
FRIENDS = "goes-well-with"  # the field in which products refer to each other


class Event(StrEnum):
    """What happens to the processes, or what people want, while the run goes on."""

    KILL = "SIGKILL"
    TERM = "SIGTERM"
    FREEZE = "frozen past its lease"
    SECOND = "a second process"
    PAUSE = "paused and resumed"
    STOP = "stopped and resumed"
    RIVAL = "somebody else takes a page address"


@dataclass(frozen=True)
class Scenario:
    """`bad` rows must fail, `edited` rows be held back; `events` come with the seconds before each.

    `changes` begin with new items, some of which others refer to. `clashes` are rows whose page address somebody takes
    after the preview, `rival` one whose address somebody takes while the run goes on, if there is one. Of `bad` rows
    those of `refused_files` have nothing wrong but a file, and land without it if `without_refused_files`.
    """

    seed: int
    changes: tuple[Change, ...]
    bad: frozenset[int]
    edits: Mapping[int, float] = field(default_factory=dict)
    clashes: frozenset[int] = frozenset()
    rival: Change | None = None
    refused_files: frozenset[int] = frozenset()
    without_refused_files: bool = False
    faults: tuple[JSON, ...] = ()
    events: tuple[tuple[float, Event], ...] = ()
    batch_size: int = 3

    @property
    def failing(self) -> frozenset[int]:
        """The rows that must fail."""
        return self.bad - self.refused_files if self.without_refused_files else self.bad


def draw(seed: int, items: list[JSON], image: str, *, takes_any_address: bool = False) -> Scenario:
    """A scenario with 4 to 14 rows about `items`, the published items of a collection, up to 8 new ones, and up to 4
    languages that are added; `image` is an image's slug. `takes_any_address`: a page address that is taken keeps nobody
    from creating an item."""
    chance = random.Random(seed)
    *chosen, taken = chance.sample(items, chance.randint(5, 15))
    changes = [_change(row, item, chance) for row, item in enumerate(chosen, 2)]
    bad = chance.sample(range(len(changes)), chance.choice([0, 0, 1, 1, 2]))
    for place in bad:
        ways = _ways_to_be_bad(chosen[place], image, taken["fieldData"]["slug"])
        changes[place] = chance.choice([*ways, with_image_gone(image, chosen[place])])(changes[place])
    good = [change.row for place, change in enumerate(changes) if place not in bad]
    edited = chance.sample(good, min(chance.choice([0, 0, 0, 1, 2]), len(good)))
    new, spoiled = _new_items(chance, len(changes) + 2, image, taken, takes_any_address)
    variants, unsound = _variants(
        chance, len(changes) + len(new) + 2, image, [item for place, item in enumerate(chosen) if place not in bad]
    )
    changes = [_referring(change, item, new, chance) for change, item in zip(changes, chosen, strict=True)]
    sound = [change for change in new if change.row not in spoiled]
    clashing = chance.sample(sound, min(chance.choice([0, 0, 1]), len(sound)))
    alone = [change for change in sound if change not in clashing and not change.after.get(FRIENDS)]
    rival = chance.choice(alone) if alone and chance.random() < 0.4 and not takes_any_address else None
    happening = [event for event in Event if event is not Event.RIVAL]
    events: list[tuple[float, Event]] = [
        (chance.uniform(0.0, 0.4), chance.choice(happening)) for _ in range(chance.choice([0, 1, 1, 2, 3]))
    ]
    if rival:
        events.insert(chance.randint(0, len(events)), (chance.uniform(0.1, 0.5), Event.RIVAL))
    may_be_late = all(event is not Event.FREEZE for _, event in events)
    return Scenario(
        seed=seed,
        changes=(*new, *variants, *changes),
        bad=frozenset(changes[place].row for place in bad) | spoiled | unsound,
        edits={row: 900 + row for row in edited},
        clashes=frozenset(change.row for change in clashing),
        rival=rival,
        faults=tuple(_fault(chance, may_be_late) for _ in range(chance.choice([0, 1, 2, 3, 5]))),
        events=tuple(events),
        batch_size=chance.choice([1, 2, 3, 5, 100]),
        refused_files=frozenset(one.row for one in (*new, *variants, *changes) if one.after.get(image) == GONE),
        without_refused_files=chance.random() < 0.5,
    )


def _new_items(
    chance: random.Random, first_row: int, image: str, taken: JSON, takes_any_address: bool
) -> tuple[list[Change], frozenset[int]]:
    """New items, each after those that it refers to, and the rows that Webflow will refuse."""
    count = chance.choice([0, 0, 1, 2, 3, 5, 8])
    category = taken["fieldData"]["category"]
    changes: list[Change] = []
    for row in range(first_row, first_row + count):
        friends = _some(changes, chance) if chance.random() < 0.4 else []
        after = {"price": row + 0.5, "category": category} | ({FRIENDS: friends} if friends else {})
        changes.append(a_creation(row, after))
    spoiled = chance.sample(range(count), min(chance.choice([0, 0, 0, 1, 2]), count))
    for place in spoiled:
        ways = _ways_to_be_bad(
            {"fieldData": {}}, image, "no address" if takes_any_address else taken["fieldData"]["slug"]
        )[:4]
        changes[place] = replace(chance.choice(ways)(changes[place]), before={})
    return changes, frozenset(changes[place].row for place in spoiled)


def _variants(
    chance: random.Random, first_row: int, image: str, items: list[JSON]
) -> tuple[list[Change], frozenset[int]]:
    """The German of some items, which have none, and the rows that Webflow will refuse."""
    speaking = chance.sample(items, min(chance.choice([0, 0, 1, 2, 4]), len(items)))
    changes = [
        replace(
            a_creation(row, {"price": row + 0.5, "category": item["fieldData"]["category"]}),
            item_id=item["id"],
            cms_locale_id=GERMAN,
            is_variant=True,
        )
        for row, item in enumerate(speaking, first_row)
    ]
    unsound = chance.sample(range(len(changes)), min(chance.choice([0, 0, 0, 1]), len(changes)))
    for place in unsound:
        nobody, gratis, *_ = _ways_to_be_bad({"fieldData": {}}, image, "")
        spoil = chance.choice([nobody, gratis, with_image_gone(image, {"fieldData": {}})])
        changes[place] = replace(spoil(changes[place]), before={})
    return changes, frozenset(changes[place].row for place in unsound)


def _some(new: list[Change], chance: random.Random) -> list[str]:
    """The names of one or two of these items, of none where there is none."""
    return [change.item_id for change in chance.sample(new, min(chance.choice([1, 1, 2]), len(new)))]


def _referring(change: Change, item: JSON, new: list[Change], chance: random.Random) -> Change:
    """The change, which may also refer to new items."""
    if not new or chance.random() > 0.4:
        return change
    before = {FRIENDS: item["fieldData"].get(FRIENDS)}
    return replace(change, before={**change.before, **before}, after={**change.after, FRIENDS: _some(new, chance)})


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
    return [
        with_value("maker", an_id(9), item),
        with_value("price", "gratis", item),
        with_value("slug", taken_slug, item),
        with_image_gone(image, item),
        lambda change: replace(change, item_id=an_id(change.row)),
        lambda change: replace(change, cms_locale_id=GERMAN),
    ]


def with_image_gone(image: str, item: JSON) -> Callable[[Change], Change]:
    return with_value(image, GONE, item)


def with_value(slug: str, value: object, item: JSON) -> Callable[[Change], Change]:
    before = {slug: item["fieldData"].get(slug)}
    return lambda change: replace(change, before={**change.before, **before}, after={**change.after, slug: value})


def _fault(chance: random.Random, may_be_late: bool) -> JSON:
    kind = chance.choice(list(FaultKind))
    is_late = kind is FaultKind.SLOW and may_be_late and chance.random() < 0.3
    return {
        "kind": kind,
        "method": chance.choice(["PATCH", "PATCH", "POST", "POST", "GET"]),
        "skip": chance.randint(0, 4),
        "count": 1 if is_late or kind is FaultKind.TOO_MANY else chance.randint(1, 3),
        "applied": chance.random() < 0.5,
        "seconds": LATE_SECONDS if is_late else chance.uniform(0.02, 0.2),
    }
