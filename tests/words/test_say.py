"""What is said in which language."""

import threading
from contextvars import copy_context

import pytest

from lib.words.language import Language, best_for, speak, speaking, spoken
from lib.words.say import count, figure, say


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("de", Language.GERMAN),
        ("de-AT", Language.GERMAN),
        ("DE_ch", Language.GERMAN),
        ("en-GB", Language.ENGLISH),
        ("fr", Language.ENGLISH),
        ("", Language.ENGLISH),
        (None, Language.ENGLISH),
    ],
)
def test_a_browser_is_answered_in_its_language_where_we_speak_it(tag: str | None, language: Language) -> None:
    assert best_for(tag) is language


def test_numbers_have_the_marks_of_the_language() -> None:
    assert (figure(1204567), figure(1204.5, ",.2f"), count(1204, "row", "rows")) == (
        "1,204,567",
        "1,204.50",
        "1,204 rows",
    )
    with speaking(Language.GERMAN):
        assert (figure(1204567), figure(1204.5, ",.2f")) == ("1.204.567", "1.204,50")
        assert [count(1, "row", "rows"), count(1204, "row", "rows")] == ["1 Zeile", "1.204 Zeilen"]
        assert say("{rows:,} rows, and row {row}, of {text}", rows=1204, row=1204, text="1,2") == (
            "1.204 rows, and row 1204, of 1,2"
        )


@pytest.mark.parametrize("language", Language)
def test_braces_in_what_people_wrote_stay(language: Language) -> None:
    with speaking(language):
        assert say("{name}") == "{name}"
        assert say("{name}: {value}", name="{value}", value="{0}") == "{value}: {0}"
        assert say("") == ""


def test_a_thread_speaks_the_language_of_whoever_hands_on_the_context() -> None:
    heard: list[Language] = []

    def listen() -> None:
        heard.append(spoken())

    with speaking(Language.GERMAN):
        handed_on = copy_context()
    for target in (listen, lambda: handed_on.run(listen)):
        thread = threading.Thread(target=target)
        thread.start()
        thread.join()
    assert heard == [Language.ENGLISH, Language.GERMAN]
    assert spoken() is Language.ENGLISH


def test_what_is_spoken_in_one_context_is_not_heard_in_another() -> None:
    copy_context().run(speak, Language.GERMAN)
    assert spoken() is Language.ENGLISH
