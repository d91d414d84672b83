"""`say`: a sentence in the language of whoever reads it; `say_many`: one that depends on a number; `count`: a number
and what is counted.

Sentences are whole, with names in braces for what changes, so that a translation can put them in another order. What is
a name rather than a sentence (the kind of a problem, a state) is the same in every language until it is shown:
`later` marks it for the catalogue, `say` says it.
"""

from numbers import Number
from string import Formatter
from typing import Any

from lib.words.catalogue import catalogue
from lib.words.language import Language, spoken

_MARKS = {Language.GERMAN: str.maketrans(",.", ".,")}


class _Figures(Formatter):
    """Numbers that are given a form (`{rows:,}`) get the marks of the language; row numbers and the like stay bare."""

    def format_field(self, value: Any, format_spec: str) -> str:
        text: str = super().format_field(value, format_spec)
        is_figure = format_spec and isinstance(value, Number)
        return text.translate(_MARKS.get(spoken(), {})) if is_figure else text


_FIGURES = _Figures()


def say(sentence: str, **values: object) -> str:
    """The sentence in the language of whoever reads it, with these values in the places that bear their names.

    Without values it is taken as it is, braces and all; what the catalogue does not know is said in English.
    """
    language = spoken()
    if language is Language.ENGLISH:
        return sentence.format(**values) if values else sentence
    told = catalogue(language).gettext(sentence) if sentence else ""
    return _FIGURES.vformat(told, (), values) if values else told


def say_many(number: int, one: str, many: str, **values: object) -> str:
    """The sentence for one, or for another `number`, which stands where it says `{number}`."""
    told = catalogue(spoken()).ngettext(one, many, number)
    return _FIGURES.vformat(told, (), {"number": number, **values})


def later(words: str) -> str:
    """The same words, which `say` says where they are shown."""
    return words


def count(number: int, one: str, many: str) -> str:
    """`1 item`, `1,204 items`."""
    return f"{figure(number)} {catalogue(spoken()).ngettext(one, many, number)}"


def figure(number: float, form: str = ",") -> str:
    """A number with the marks of the language: `1,204`."""
    return _FIGURES.format_field(number, form)
