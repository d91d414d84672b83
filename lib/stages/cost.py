"""What asking Webflow will cost: how long so many requests take within the limit of a token."""

from collections.abc import Sequence
from dataclasses import dataclass

from lib.webflow.pace import Room
from lib.words.say import say, say_many

WINDOW_SECONDS = 60.0  # fixed, from its first request on (developers.webflow.com, "Rate Limits")
ASSUMED_LIMIT = 60  # Starter and Basic sites; others allow more (the same page)
ASSUMED_ANSWER_SECONDS = 0.5
LOOK_SECONDS = 15.0  # how often a run looks whether somebody else edits its items
MOST_AT_ONCE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Requests that follow each other, so many of them under way at once. `is_guarded`: a look comes in between, each
    time that some seconds have passed."""

    requests: int
    at_once: int = 1
    is_guarded: bool = False


def import_parts(batches: int, pages: int) -> tuple[Part, ...]:
    """The parts of a run: the look before the first batch, the batches, and the pages that are read back."""
    return Part(requests=1), sending(batches), *reading(pages)


def reading(pages: int) -> tuple[Part, ...]:
    """So many pages of items: the first says how many there are."""
    return Part(requests=min(pages, 1)), Part(requests=max(pages - 1, 0), at_once=MOST_AT_ONCE)


def sending(batches: int) -> Part:
    """So many batches of a run that goes on."""
    return Part(requests=batches, at_once=MOST_AT_ONCE, is_guarded=True)


def seconds_for(parts: Sequence[Part], room: Room) -> float:
    """About how many seconds these parts take, one after the other, from now on.

    The window that goes on now has `room.left` requests left; each later one starts with its first request, and what
    does not fit waits for the next. Goes through it round by round: what is under way at once ends at once.
    """
    limit = room.limit or ASSUMED_LIMIT
    answer = ASSUMED_ANSWER_SECONDS if room.answer_seconds is None else room.answer_seconds
    left, ends = (limit, WINDOW_SECONDS) if room.left is None else (room.left, room.ends_in)
    now = 0.0
    for part in parts:
        looked, to_ask = now, part.requests
        while to_ask:
            if left == 0 or now >= ends:
                now = max(now, ends)
                left, ends = limit, now + WINDOW_SECONDS
            if part.is_guarded and now - looked >= LOOK_SECONDS:
                asked, looked = 1, now
            else:
                asked = min(part.at_once, to_ask, left)
                to_ask -= asked
            now, left = now + answer, left - asked
    return now


def in_words(seconds: float) -> str:
    """`about 6 seconds`, `about 2½ minutes`, `about 8 minutes`: never further off than a sixth by the words alone."""
    if seconds < 105:
        whole = max(round(seconds) if seconds < 20 else round(seconds / 5) * 5, 1)
        return say_many(whole, "about {number} second", "about {number} seconds")
    halves = round(seconds / 30)
    if halves < 10 and halves % 2:
        return say("about {whole}½ minutes", whole=halves // 2)
    return say("about {whole} minutes", whole=round(seconds / 60))
