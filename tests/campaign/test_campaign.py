"""Whatever happens, every row's fate is known and true: runs under faults, in processes that are really killed."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from lib.journal.database import Database
from lib.journal.tables import metadata
from lib.sandbox import Sandbox
from tests.campaign.campaign import VERDICT, Campaign, Figures
from tests.campaign.scenario import Event

RUNS = int(os.environ.get("CAMPAIGN_RUNS", "40"))
FIRST_SEED = int(os.environ.get("CAMPAIGN_SEED", "1"))
AT_ONCE = 8


@pytest.fixture
def box() -> Iterator[Sandbox]:
    """A sandbox whose windows last a second, so that a 429 does not cost a minute."""
    box = Sandbox(budget=1_000_000, window_seconds=1.0)
    box.start()
    yield box
    box.stop()


def test_no_row_is_lost_none_sent_twice_and_nothing_created_twice_whatever_happens(
    journal: Database, journal_url: str, box: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    figures, started = Figures(), time.monotonic()
    seeds = range(FIRST_SEED, FIRST_SEED + RUNS)
    with ThreadPoolExecutor(AT_ONCE) as drivers:
        for part in drivers.map(lambda seed: Campaign(journal, journal_url, box, seed).run(), seeds):
            figures.add(part)
    with capsys.disabled():
        print(figures.told("SQLite" if journal.is_sqlite else "PostgreSQL", time.monotonic() - started))
    assert figures.wrong == []
    assert not any(figures.counts[what] for what in VERDICT)
    assert figures.counts["runs"] >= RUNS and figures.counts["created"] > RUNS
    assert all(figures.counts[what] for what in ("languages added", "rows without a refused file"))
    assert all(figures.counts[event] for event in Event) and figures.faults.total() > RUNS


def test_the_token_is_nowhere_in_the_records_of_a_campaign(journal: Database, journal_url: str, box: Sandbox) -> None:
    assert Campaign(journal, journal_url, box, FIRST_SEED).run().wrong == []
    with journal.read() as connection:
        everything = "".join(str(list(connection.execute(table.select()))) for table in metadata.sorted_tables)
    assert "posts.csv" in everything and "campaign-" not in everything
