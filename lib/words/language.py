"""The languages that Flowsheet speaks, and the one that is spoken to whoever is served here.

What is said is composed where it is found: in a page, in a thread that works for one, in a run. Each has a context of
its own (`contextvars`), so that nobody hears another visitor's language. A thread begins with none: whoever starts one
hands the language on. Where a context has none yet, whoever was named by `ask` is asked.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum


class Language(StrEnum):
    """By the tag that browsers send; `own_name` is what who speaks it calls it."""

    ENGLISH = "en"
    GERMAN = "de"

    @property
    def own_name(self) -> str:
        """`Deutsch`."""
        return {Language.ENGLISH: "English", Language.GERMAN: "Deutsch"}[self]


_spoken: ContextVar[Language | None] = ContextVar("language", default=None)


def _nobody() -> Language:
    return Language.ENGLISH


_asked: Callable[[], Language] = _nobody


def spoken() -> Language:
    """The language of whoever is served here; English where nobody is."""
    return _spoken.get() or _asked()


def speak(language: Language) -> None:
    """Speak this one in this context from now on."""
    _spoken.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak this one for a while."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def ask(who: Callable[[], Language]) -> None:
    """Who knows the language where a context has none: Streamlit calls back before any page of ours has run."""
    global _asked
    _asked = who


def best_for(tag: str | None) -> Language:
    """The language for who asks for `tag` (`de-AT`); English where we do not speak theirs, or they do not say."""
    wanted = (tag or "").replace("_", "-").lower().partition("-")[0]
    return next((language for language in Language if language == wanted), Language.ENGLISH)
