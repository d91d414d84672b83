"""Where somebody wanted to go before signing in is known once, to their browser, and not for long."""

from lib.workflow.deep_links import MOST, MOST_LETTERS, SECONDS, DeepLinks


def test_each_browser_gets_back_its_own_place_and_once() -> None:
    links = DeepLinks()
    links.keep("hers", "Check", {"draft": "d1"})
    links.keep("his", "Results", {"run": "r1"})
    assert links.take("hers") == ("Check", {"draft": "d1"})
    assert links.take("hers") is None
    assert links.take("his") == ("Results", {"run": "r1"})


def test_the_last_place_counts() -> None:
    links = DeepLinks()
    links.keep("hers", "Check", {})
    links.keep("hers", "Runs", {})
    assert links.take("hers") == ("Runs", {})


def test_a_place_is_not_kept_for_long() -> None:
    now = [100.0]
    links = DeepLinks(clock=lambda: now[0])
    links.keep("hers", "Check", {})
    now[0] += SECONDS
    assert links.take("hers") is None


def test_a_browser_that_nothing_tells_from_others_has_no_place() -> None:
    links = DeepLinks()
    links.keep("", "Check", {})
    assert links.take("") is None


def test_what_is_kept_is_bounded() -> None:
    links = DeepLinks()
    links.keep("long", "Check", {"draft": "x" * MOST_LETTERS})
    assert links.take("long") is None
    for number in range(MOST + 1):
        links.keep(f"browser {number}", "Check", {})
    assert links.take("browser 0") is None
    assert links.take("browser 1") == ("Check", {})
