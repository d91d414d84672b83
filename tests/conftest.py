"""Fixtures for all tests: a running sandbox, a world of one's own in it, and no network but loopback."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
import pytest
import requests
from hypothesis import settings

from lib.journal.database import Database, database
from lib.sandbox import Sandbox
from lib.webflow.client import Webflow
from tests.equipment.postgresql import PostgreSQL, serving

# The machine that runs this may be slow: no deadlines; few examples, since many of them check whole sheets, and others
# each time. `--hypothesis-profile=thorough` takes many.
settings.register_profile("flowsheet", deadline=None, max_examples=25)
settings.register_profile("thorough", deadline=None, max_examples=400)
settings.load_profile("flowsheet")

LOOPBACK = ["127.0.0.1", "::1", "localhost"]
_tokens = (f"token-{number}" for number in itertools.count(1))
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def no_network(socket_enabled: None) -> Iterator[None]:
    """Refuse every host but this one."""
    from pytest_socket import _remove_restrictions, socket_allow_hosts

    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)
    yield
    _remove_restrictions()


@pytest.fixture(scope="session", autouse=True)
def default_journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app under test keeps its records in a folder of the tests, never in the one of the project."""
    url = f"sqlite:///{tmp_path_factory.mktemp('journal') / 'journal.db'}"
    patch = pytest.MonkeyPatch()
    patch.setenv("JOURNAL_URL", url)
    yield url
    database(url).close()
    patch.undo()


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    box = Sandbox(budget=1_000_000)
    box.start()
    yield box
    box.stop()


@dataclass(frozen=True)
class Door:
    """One token's way into the sandbox over HTTP, without our client."""

    box: Sandbox
    token: str
    _collections: dict[str, str] = field(default_factory=dict, compare=False)

    def call(self, method: str, path: str, body: Any = None, **options: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        return requests.request(method, self.box.url + path, json=body, headers=headers, timeout=10, **options)

    def get(self, path: str) -> Any:
        return self.call("GET", path).json()

    @cached_property
    def site_id(self) -> str:
        return str(self.get("/sites")["sites"][0]["id"])

    def collection_id(self, slug: str) -> str:
        """Asked for once: ids stay, and every test that compares items needs them again and again."""
        if slug not in self._collections:
            found = self.get(f"/sites/{self.site_id}/collections")["collections"]
            self._collections.update((str(c["slug"]), str(c["id"])) for c in found)
        return self._collections[slug]

    def items(self, slug: str) -> list[dict[str, Any]]:
        return list(self.each_item(slug))

    def each_item(self, slug: str) -> Iterator[dict[str, Any]]:
        """Page by page, for who needs the first of them only."""
        path, start, total = f"/collections/{self.collection_id(slug)}/items", 0, 1
        while start < total:
            page = self.get(f"{path}?offset={start}")
            yield from page["items"]
            start, total = start + 100, page["pagination"]["total"]

    def requests(self) -> list[dict[str, Any]]:
        """What this token asked for so far."""
        return list(
            requests.get(f"{self.box.root}/sandbox/worlds/{self.token}/requests", timeout=10).json()["requests"]
        )

    def client(self, **options: Any) -> Webflow:
        return Webflow(self.token, base_url=self.box.url, **options)


@pytest.fixture
def demo(sandbox: Sandbox) -> Iterator[Door]:
    """A fresh copy of the demo site."""
    door = Door(sandbox, next(_tokens))
    sandbox.add_world(door.token)
    yield door
    sandbox.service.faults.clear()


@pytest.fixture
def empty(sandbox: Sandbox) -> Iterator[Door]:
    """A fresh site with nothing on it."""
    door = Door(sandbox, next(_tokens))
    sandbox.add_world(door.token, seed="empty")
    yield door
    sandbox.service.faults.clear()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A server for all tests of one process, gone with them."""
    with serving() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def journal_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'journal.db'}"
    return empty_schema(request.getfixturevalue("postgresql"))


def empty_schema(server: PostgreSQL) -> str:
    """Its address. It is as empty as a database, and no seven megabytes to be written and removed for each test."""
    url, name = server.url + "/postgres", f"journal_{next(_numbers)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"create schema {name}")  # type: ignore[arg-type]
    return f"{url}?options=-csearch_path%3D{name}"


@pytest.fixture
def journal(journal_url: str) -> Iterator[Database]:
    """An open, empty journal."""
    database = Database(journal_url)
    yield database
    database.close()
