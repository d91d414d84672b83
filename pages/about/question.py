"""One question that people ask, with its answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lib.words.say import say


@dataclass(frozen=True)
class Question:
    """`anchor` is its place on the page; the paragraphs are Markdown of our own, with places for the figures."""

    anchor: str
    title: str
    paragraphs: tuple[str, ...]
    figures: Mapping[str, object] = field(default_factory=dict)

    @property
    def answer(self) -> str:
        """The whole answer in the language of whoever reads it."""
        return "\n\n".join(say(one, **self.figures) for one in self.paragraphs)
