"""Every promise of SECURITY.md names the tests that prove it, and they are there."""

import re

import pytest

from tests.security.visitors import ROOT

SECURITY = (ROOT / "SECURITY.md").read_text()
PROMISES = re.findall(r"^- (.*)$", SECURITY, re.MULTILINE)
LONGEST_PAGE_WORDS = 900


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise[:40])
def test_every_promise_is_held_by_tests_that_exist(promise: str) -> None:
    named = re.findall(r"`(.+?)`", promise)
    assert named
    for name in named:
        path, test = name.split("::")
        assert re.search(rf"^def {test}\(", (ROOT / "tests" / path).read_text(), re.MULTILINE), name


def test_it_is_one_page() -> None:
    told = re.sub(r"`.+?`", "", SECURITY)
    assert len(PROMISES) > 15 and len(told.split()) < LONGEST_PAGE_WORDS
