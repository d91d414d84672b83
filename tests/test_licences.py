"""The page of licences lists every package of the lock, and none of them asks for more than is known."""

import re

import pytest

from tests.licences import licence, listed, locked

# README names those that are not permissive.
ASKS_FOR_MORE = re.compile("GPL|Mozilla|MPL|EUPL|SSPL|Commons|Proprietary|Commercial", re.IGNORECASE)
KNOWN = {"certifi", "psycopg", "psycopg-binary"}


def test_the_page_lists_what_is_locked() -> None:
    assert list(listed()) == locked() and "not named" not in listed().values()


@pytest.mark.parametrize("package", locked())
def test_a_licence_that_asks_for_more_is_one_that_is_known(package: str) -> None:
    for told in (listed()[package], licence(package) or ""):
        assert not ASKS_FOR_MORE.search(told) or package in KNOWN, told
