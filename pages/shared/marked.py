"""Texts of files and of Webflow with what is gone and what is added, as HTML. Every text is escaped, whatever it is."""

import html
from collections.abc import Sequence
from itertools import zip_longest

from lib.fields.base import EMPTY
from lib.model.piece import Mark, Piece
from lib.words.say import say

TAGS = {Mark.GONE: ("<del>", "</del>"), Mark.ADDED: ("<ins>", "</ins>"), Mark.CUT: ("<em>", "</em>")}
ARROW = " → "


def compared(pieces: Sequence[Piece], colors: tuple[str, str] = ("", "")) -> str:
    """What is gone is struck through, what is added is underlined; where nothing stays, one leads to the other.

    `colors` are what the values look like, `rgb(…)` or "".
    """
    if any(piece.mark is Mark.SAME for piece in pieces):
        return "".join(_apart(piece, after) for piece, after in zip_longest(pieces, pieces[1:]))
    added = next((place for place, piece in enumerate(pieces) if piece.mark is Mark.ADDED), len(pieces))
    texts = ("".join(map(_tagged, side)) or plain(say(EMPTY)) for side in (pieces[:added], pieces[added:]))
    arrow = f"\n{ARROW.lstrip()}" if any("\n" in piece.text for piece in pieces) else ARROW
    return arrow.join(_swatch(color) + text for color, text in zip(colors, texts, strict=True))


def alone(pieces: Sequence[Piece], color: str = "") -> str:
    """A text that was not there before, unmarked."""
    there = (piece for piece in pieces if piece.mark is not Mark.GONE)
    texts = (plain(piece.text) if piece.mark is Mark.ADDED else _tagged(piece) for piece in there)
    return _swatch(color) + "".join(texts)


def plain(text: str) -> str:
    """A text as HTML that shows it as it is."""
    return html.escape(text)


def _swatch(color: str) -> str:
    """A small square of this colour; what stands beside it says the same in words."""
    if not color:
        return ""
    style = (
        f"display:inline-block;width:1em;height:1em;vertical-align:-0.15em;border:1px solid;background:{plain(color)}"
    )
    return f'<span aria-hidden="true" style="{style}"></span> '


def _apart(piece: Piece, after: Piece | None) -> str:
    """What is gone, with a blank before what is added in its place: else the two read like one word."""
    is_replaced = piece.mark is Mark.GONE and after is not None and after.mark is Mark.ADDED
    return _tagged(piece) + (" " if is_replaced and not piece.text[-1:].isspace() else "")


def _tagged(piece: Piece) -> str:
    start, end = TAGS.get(piece.mark, ("", ""))
    return f"{start}{plain(piece.text)}{end}"
