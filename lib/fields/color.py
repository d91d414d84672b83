"""Colours in any CSS form (developers.webflow.com, "Field Types & Item Values")."""

import functools

import pandas as pd
from tinycss2.color4 import parse_color

from lib.fields.base import ReadContext, Reading, Rule
from lib.fields.column import Trouble, read_each, same_by, shown_by
from lib.model.collection import Field
from lib.model.mapping import ReadingChoices

LONGEST = 100


class Color:
    """A colour, compared by what it looks like: #FFF is white."""

    def read(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Reading:
        return read_each(texts, _color)

    def rules(self, field: Field) -> tuple[Rule, ...]:
        return ()

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        return same_by(before, after, lambda value: rgba(str(value)))

    def show(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        return shown_by(values, str)


@functools.lru_cache(maxsize=10_000)
def rgba(text: str) -> object:
    """Red, green, blue (0 to 255) and opacity (0 to 1); the text itself when it is no colour."""
    if len(text) > LONGEST:
        return text
    color = parse_color(text)
    if color is None or isinstance(color, str):
        return text
    try:
        red, green, blue = (round(part * 255) for part in color.to("srgb").coordinates)
        return red, green, blue, round(color.alpha, 3)
    except (ValueError, OverflowError, NotImplementedError):  # endless numbers, spaces that have no screen colours
        return text


def _color(text: str) -> object:
    if isinstance(rgba(text), tuple):
        return text
    hash_missing = isinstance(rgba(f"#{text}"), tuple)
    return Trouble(
        kind="Not a colour",
        expected="a colour such as #0b6e4f, rgb(11, 110, 79) or teal",
        fix=f"Write it as “#{text}”." if hash_missing else "Write the colour as # with six digits.",
    )
