"""A copy of the app says whether it and its records answer, to who watches it."""

from collections.abc import Iterator

import pytest
from starlette.requests import Request

from lib.journal.database import GONE
from pages.shared import health

ASKED = Request({"type": "http", "method": "GET", "path": "/health", "headers": []})
NOBODY = "postgresql://127.0.0.1:9/nobody"


@pytest.fixture(autouse=True)
def no_last_answer(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(health, "_last", health._last)
    yield


def answer() -> tuple[int, str]:
    given = health.health(ASKED)
    return given.status_code, bytes(given.body).decode()


def test_it_is_well_where_its_records_answer() -> None:
    assert answer() == (200, "ok")


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [("JOURNAL_URL", NOBODY, GONE), ("JOURNAL_DAYS", "lots", "JOURNAL_DAYS says how many")],
)
def test_what_keeps_it_from_working_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch, setting: str, value: str, said: str
) -> None:
    monkeypatch.setenv(setting, value)
    status, told = answer()
    assert status == 503 and told.startswith(said) and value not in told


def test_the_records_that_went_away_are_missed_and_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("JOURNAL_URL", NOBODY)
        assert answer()[0] == 503
    assert answer() == (200, "ok")


def test_who_asks_while_another_one_does_hears_the_last_answer_and_costs_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[tuple[int, str]] = []

    def slow() -> None:
        heard.append(answer())

    assert answer() == (200, "ok")
    monkeypatch.setattr(health, "check_records", slow)
    assert answer() == (200, "ok") and heard == [(200, "ok")]
