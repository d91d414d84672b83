"""A catalogue holds every text of the app once, translated, with the same values in it."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from lib.words.catalogue import FOLDER
from lib.words.language import Language
from tests.words.extraction import KEYWORDS, ROOT, texts

TRANSLATED = [language for language in Language if language is not Language.ENGLISH]
WORDS_OF = {"say": (0,), "later": (0,), "count": (1, 2), "say_many": (1, 2)}
SOURCES = [*sorted((ROOT / "lib").rglob("*.py")), *sorted((ROOT / "pages").rglob("*.py"))]
PLACE = re.compile(r"(?<!\{)\{([a-z_0-9]+(?::[^}]*)?)\}(?!\})")


@cache
def catalogue(language: Language) -> Catalog:
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file)


def known(language: Language) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """By the text (for one): what it is, and what it is translated to."""
    pairs = [(_all(message.id), _all(message.string)) for message in catalogue(language) if message.id]
    return {ids[0]: (ids, strings) for ids, strings in pairs}


def _all(text: object) -> tuple[str, ...]:
    return tuple(map(str, text)) if isinstance(text, list | tuple) else (str(text or ""),)


def places(text: str) -> list[str]:
    return sorted(set(PLACE.findall(text)))


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_in_the_catalogue_and_nothing_else(language: Language) -> None:
    said = {text[0] for text in texts()}
    assert len(said) > 1_000, "the texts are found where they are said"
    held = set(known(language))
    assert (sorted(said - held), sorted(held - said)) == ([], []), "`make words` brings the catalogue up to date"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_for_one_and_for_many(language: Language) -> None:
    depends = {text[0] for text in texts() if len(text) > 1}
    for ids, strings in known(language).values():
        assert all(strings), ids
        assert (len(strings) > 1) == (ids[0] in depends), ids
    assert not [message.id for message in catalogue(language) if message.fuzzy]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_holds_the_same_values(language: Language) -> None:
    for ids, strings in known(language).values():
        if len(ids) == 1:
            assert places(strings[0]) == places(ids[0]), ids
        else:
            assert all(places(text) in (places(ids[0]), places(ids[1])) for text in strings), ids


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_what_depends_on_values_is_written_as_words_where_it_is_said(path: Path) -> None:
    """The catalogue is made from the code, so that no text may be put together before it is looked up."""
    for call in ast.walk(ast.parse(path.read_text())):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS:
            for one in (call.args[place] for place in WORDS_OF[call.func.id] if place < len(call.args)):
                is_text = isinstance(one, ast.Constant) and isinstance(one.value, str)
                is_name = call.func.id == "say" and not any(_is_words(part) for part in ast.walk(one))
                assert is_text or is_name, f"line {one.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_nothing_is_said_within_an_f_string_where_it_would_not_be_found(path: Path) -> None:
    for text in ast.walk(ast.parse(path.read_text())):
        if isinstance(text, ast.JoinedStr):
            said = [call for call in ast.walk(text) if isinstance(call, ast.Call) and _is_of_words(call)]
            assert not said, f"line {text.lineno}"


def _is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != ""


def _is_of_words(call: ast.Call) -> bool:
    """Whether words are written in this call, to be looked up."""
    of_words = isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
    return of_words and any(map(_is_words, call.args))
