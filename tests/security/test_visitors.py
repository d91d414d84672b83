"""Two and twenty visitors on one app: nobody sees, opens or controls what is another's, with or without its address."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from streamlit.testing.v1 import AppTest

from lib.webflow.connection import Connection
from lib.workflow import connect
from lib.workflow.demo import demo_server
from pages.shared import steps
from tests.builders import an_id
from tests.pages.revisit import PUBLISH, RESULTS, UNDO, at, keys, run_of
from tests.pages.walk import click, live_items, run_to_the_end, said, to_check, to_match, visit, wait_for_runs
from tests.security.visitors import a_cookie, a_site, from_browser, shown

SLUGS = ("sea-glass-mug-small", "oat-mug-small")
WAIT = "Give the token that started this run"


@dataclass
class Person:
    """Somebody with a browser, a site and a file of their own, in all of which their mark stands."""

    number: int

    def __post_init__(self) -> None:
        self.mark = f"Qx{self.number:03}z"
        self.cookie = a_cookie()
        self.site: Connection = a_site(f"token-{self.mark}")
        world = demo_server().service.worlds[self.site.token]
        world.site |= {"id": an_id(0xD000 + self.number), "displayName": f"Site {self.mark}"}
        for id, collection in world.collections.items():  # of this copy only: stored JSON is shared
            world.collections[id] = collection | {"displayName": f"{collection['displayName']} {self.mark}"}
        self.tab = self.new_tab()

    def new_tab(self) -> AppTest:
        """A tab of their browser, not connected yet."""
        return from_browser(self.cookie)

    def connect(self, tab: AppTest) -> AppTest:
        visit(tab).connect(self.site, connect.sites(self.site))
        return tab.run()

    @property
    def price(self) -> float:
        return 1000 + self.number + 0.25

    @property
    def file(self) -> str:
        """Their mark in a header and in cells, their price for two items."""
        return f"Slug,Cost {self.mark},Price\n" + "".join(f"{slug},x {self.mark},{self.price}\n" for slug in SLUGS)


STEPS: tuple[Callable[[Person], object], ...] = (
    lambda one: one.connect(one.tab),
    lambda one: to_check(one.tab, one.file),
    lambda one: click(one.tab, "next"),
    lambda one: click(one.tab, "next"),
)


def side_by_side(people: list[Person], *steps: Callable[[Person], object]) -> None:
    """Everybody takes a step before anybody takes the next one."""
    for step in steps:
        for one in people:
            step(one)


def others(people: list[Person], one: Person) -> list[str]:
    return [other.mark for other in people if other is not one]


def marks_in(text: str, marks: list[str]) -> list[str]:
    return [mark for mark in marks if mark in text]


@pytest.mark.parametrize("number", [2, 20])
def test_nobody_sees_a_name_a_value_a_draft_or_a_run_of_anybody_else(browsers: None, number: int) -> None:
    people = [Person(n) for n in range(number)]
    for step in STEPS:
        side_by_side(people, step)
        assert {one.mark: marks_in(shown(one.tab), others(people, one)) for one in people} == {
            one.mark: [] for one in people
        }
    for one in people[:3]:  # what each has begun is there in another tab of theirs, and nowhere else
        assert marks_in(shown(one.new_tab()), [other.mark for other in people]) == [one.mark]
    side_by_side(people, lambda one: click(one.tab, "update"))
    wait_for_runs()
    for one in people:
        assert marks_in(shown(at(one.tab, RESULTS, run_of(one.tab))), [other.mark for other in people]) == [one.mark]
    for one in people[:3]:
        history = one.tab.switch_page(steps.HISTORY.path).run()
        assert marks_in(shown(history), [other.mark for other in people]) == [one.mark]
        assert {live_items(one.tab)[slug].field_data["price"] for slug in SLUGS} == {one.price}


@pytest.fixture
def ada_and_bob(browsers: None) -> tuple[Person, Person]:
    """Ada has a run that ended and a draft; Bob is connected to a site of his own, and has done the same."""
    ada, bob = Person(501), Person(502)
    side_by_side([ada, bob], *STEPS, lambda one: run_to_the_end(one.tab))
    return ada, bob


@pytest.mark.parametrize("is_connected", [False, True])
def test_the_address_of_a_run_shows_that_it_exists_and_no_more(
    ada_and_bob: tuple[Person, Person], is_connected: bool
) -> None:
    ada, bob = ada_and_bob
    for page in (RESULTS, UNDO, PUBLISH):
        tab = bob.connect(bob.new_tab()) if is_connected else bob.new_tab()
        at(tab, page, run_of(ada.tab))
        assert ada.mark not in shown(tab) and str(ada.price) not in shown(tab), page
        assert WAIT in said(tab) and not tab.dataframe and not tab.get("download_button"), page
        assert keys(tab) == {f"FormSubmitter:again_{run_of(ada.tab)}-Use this token"}, page


@pytest.mark.parametrize("is_connected", [False, True])
def test_the_address_of_a_draft_shows_nothing_to_another_browser(browsers: None, is_connected: bool) -> None:
    ada, bob = Person(503), Person(504)
    side_by_side([ada, bob], *STEPS[:3])
    draft = visit(ada.tab).draft
    assert draft is not None
    for step in (step for step in steps.STEPS if step.needs):
        tab = bob.new_tab()
        tab.query_params["draft"] = draft[1]
        tab.switch_page(step.path).run()
        if is_connected:
            bob.connect(tab)
        assert ada.mark not in shown(tab) and visit(tab).journey.file is None, step.title
    assert ada.mark in shown(ada.new_tab())


def test_how_a_file_was_matched_is_remembered_for_its_person_only(browsers: None) -> None:
    ada, bob = Person(505), Person(506)
    content = f"Slug,Kosten\n{SLUGS[0]},5\n"
    for one in (ada, bob):
        one.connect(one.tab)
    to_match(ada.tab, content)
    ada.tab.selectbox(key="match-1").set_value("price").run()
    click(ada.tab, "next")
    to_match(bob.tab, content)
    assert bob.tab.selectbox(key="match-1").value != "price"
    again = ada.connect(ada.new_tab())
    to_match(again, content)
    assert again.selectbox(key="match-1").value == "price"
