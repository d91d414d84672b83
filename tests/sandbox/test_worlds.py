"""Which demo site goes when there are too many, and what its visitor reads."""

from itertools import count

import pytest

from lib.errors import NotConnected
from lib.sandbox import Sandbox
from lib.sandbox import worlds as worlds_of
from tests.conftest import Door


@pytest.fixture
def crowded(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """Room for three worlds, on a clock that moves with every look at it."""
    ticks = count()
    monkeypatch.setattr(worlds_of, "MOST_WORLDS", 3)
    monkeypatch.setattr(sandbox.service, "clock", lambda: float(next(ticks)))
    monkeypatch.setattr(sandbox.service, "worlds", {})
    return sandbox


def test_the_longest_idle_of_too_many_worlds_goes(crowded: Sandbox) -> None:
    for token in ("first", "second", "third"):
        crowded.add_world(token)
    Door(crowded, "first").get("/sites")  # the oldest, and in use
    crowded.add_world("fourth")
    assert set(crowded.service.worlds) == {"first", "third", "fourth"}


def test_a_world_that_was_put_away_is_told_apart_from_a_wrong_token(crowded: Sandbox) -> None:
    for token in ("rested", "second", "third", "fourth"):
        crowded.add_world(token)
    for token, words in (
        ("rested", "This demo site was put away after a long rest. Start a new one."),
        ("no", "token"),
    ):
        with Door(crowded, token).client() as webflow, pytest.raises(NotConnected) as caught:
            webflow.sites()
        assert words in str(caught.value)
    assert "put away" not in str(caught.value)


def test_a_new_world_for_the_same_token_is_open_again(crowded: Sandbox) -> None:
    for token in ("rested", "second", "third", "fourth", "rested"):
        crowded.add_world(token)
    assert Door(crowded, "rested").get("/sites")["sites"]
