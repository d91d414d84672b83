"""Every promise of SECURITY.md names the tests that prove it, and they are there; so does the table of threats."""

import re

import pytest

from tests.security.visitors import ROOT

SECURITY = (ROOT / "SECURITY.md").read_text()
PROMISES = re.findall(r"^- (.*)$", SECURITY, re.MULTILINE)
THREATS = re.findall(
    r"^\| ([^*|]+?) \| (.+?) \| (.+?) \| (.+?) \|$", (ROOT / "docs" / "threats.md").read_text(), re.MULTILINE
)
NOT_STOPPED, NO_TEST = "**Not stopped**", "–"
LONGEST_PAGE_WORDS = 900


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise[:40])
def test_every_promise_is_held_by_tests_that_exist(promise: str) -> None:
    named = re.findall(r"`(.+?)`", promise)
    assert named and not missing(named)


def missing(named: list[str]) -> list[str]:
    """Those of these tests that are not there."""
    split = [(name, *name.split("::")) for name in named]
    return [
        name
        for name, path, test in split
        if not re.search(rf"^def {test}\(", (ROOT / "tests" / path).read_text(), re.MULTILINE)
    ]


@pytest.mark.parametrize(("who", "could", "stops", "shown"), THREATS[1:], ids=lambda part: part[:30])
def test_every_threat_is_shown_to_be_stopped_by_tests_that_exist_or_is_said_not_to_be(
    who: str, could: str, stops: str, shown: str
) -> None:
    assert not missing(re.findall(r"`(.+?)`", shown))
    assert (shown == NO_TEST) <= stops.startswith(NOT_STOPPED)


def test_the_table_of_threats_is_read_whole() -> None:
    lines = (ROOT / "docs" / "threats.md").read_text().splitlines()
    assert len(THREATS) == len([line for line in lines if line.startswith("| ") and not line.startswith("| **")]) > 30


def test_it_is_one_page() -> None:
    told = re.sub(r"`.+?`", "", SECURITY)
    assert len(PROMISES) > 15 and len(told.split()) < LONGEST_PAGE_WORDS
