"""Work in the background tells how far it is, is waited for, and never outlives whoever wanted it."""

import threading
from collections.abc import Callable

import pytest

from lib.words.language import Language, speaking, spoken
from lib.workflow.background import Background, NotWanted, Progress, at_work

LONG = 60.0


def until_stopped(progress: Progress) -> None:
    """Work that nobody ever ends but by not wanting it any more."""
    progress.sleep(LONG * 10)


def ended(thread: threading.Thread) -> bool:
    thread.join(LONG)
    return not thread.is_alive()


def test_what_came_of_the_work_is_there_for_whoever_waits() -> None:
    def work(progress: Progress) -> str:
        progress.tell(7)
        return "all"

    background = Background(work, "work")
    assert background.wait(LONG) and background.is_over and not background.has_failed
    assert (background.number, background.result()) == (7, "all")


def test_an_error_is_raised_where_the_result_is_taken() -> None:
    def work(progress: Progress) -> None:
        raise ValueError("no such thing")

    background = Background(work, "work")
    with pytest.raises(ValueError, match="no such thing"):
        background.result()
    assert background.has_failed


def test_whoever_looks_sees_how_far_it_is_and_why_it_stands_still() -> None:
    told, seen = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        progress.tell(3)
        progress.wait("Webflow is busy")
        told.set()
        assert seen.wait(LONG)

    background = Background(work, "work")
    assert told.wait(LONG)
    assert (background.number, background.progress.waiting) == (3, "Webflow is busy")
    assert not background.wait(0)
    seen.set()
    background.result()


def test_the_work_hears_that_somebody_waits() -> None:
    def work(progress: Progress) -> bool:
        while not progress.is_awaited:
            progress.sleep(0)
        return True

    background = Background(work, "work")
    assert background.wait(LONG) and background.result()


def test_its_age_counts_from_its_end() -> None:
    now = [100.0]
    background = Background(lambda progress: now.__setitem__(0, 105.0), "work", lambda: now[0])
    background.result()
    now[0] = 112.0
    assert background.age == 7.0


def forget(held: list[Background[None]]) -> None:
    held.clear()


def stop(held: list[Background[None]]) -> None:
    held[0].stop()


@pytest.mark.parametrize("leave", [stop, forget])
def test_no_thread_outlives_whoever_wanted_its_work(leave: Callable[[list[Background[None]]], None]) -> None:
    held = [Background(until_stopped, "work")]
    thread, before = held[0].thread, at_work()
    assert thread.is_alive() and before
    leave(held)
    assert ended(thread)
    assert at_work() == before - 1


def test_work_that_cannot_listen_is_ended_by_what_it_said() -> None:
    begun, over = threading.Event(), threading.Event()

    def work(progress: Progress) -> bool:
        progress.ends_by(over.set)
        begun.set()
        return over.wait(LONG)

    background = Background(work, "work")
    assert begun.wait(LONG)
    background.stop()
    assert background.result()


def test_work_that_was_stopped_has_no_result() -> None:
    background = Background(until_stopped, "work")
    background.stop()
    with pytest.raises(NotWanted):
        background.result()


def test_the_work_speaks_the_language_of_whoever_began_it() -> None:
    with speaking(Language.GERMAN):
        background = Background(lambda progress: spoken(), "work")
    assert background.result() is Language.GERMAN
