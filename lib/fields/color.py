"""Colours in any CSS form (developers.webflow.com, "Field Types & Item Values")."""

import functools
from collections.abc import Sequence

import pandas as pd
from tinycss2.color4 import parse_color

from lib.fields.base import FieldKind, ReadContext
from lib.fields.mend import Mend, each_text
from lib.fields.usual import Values, only
from lib.model.collection import Field, FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Problem
from lib.words.say import later, say

LONGEST = 100


class Color(FieldKind):
    """A colour, compared by what it looks like: #FFF is white."""

    type = FieldType.COLOR
    title = later("Colour")

    def usual(self, texts: pd.Series) -> Values:
        return only(texts, texts.str.fullmatch("#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?"))

    def parse(self, text: str) -> object:
        if isinstance(rgba(text), tuple):
            return text
        fix = say("Write the colour as # with six digits.")
        if isinstance(rgba(f"#{text}"), tuple):
            fix = say("Write it as “#{text}”.", text=text)
        return Problem(
            kind=later("Not a colour"),
            expected=say("a colour such as #0b6e4f, rgb(11, 110, 79) or teal"),
            fix=fix,
        )

    def mends(self, field: Field, choices: ReadingChoices, context: ReadContext) -> Sequence[Mend]:
        return (each_text(later("Put # in front"), lambda text: f"#{text.strip()}"),)

    def meaning(self, value: object) -> object:
        return rgba(str(value))

    def color_of(self, value: object) -> str:
        found = rgba(str(value))
        return f"rgb({found[0]} {found[1]} {found[2]} / {found[3]})" if isinstance(found, tuple) else ""


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
