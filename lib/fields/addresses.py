"""Web addresses in cells: several of them, with names around them, in the list forms of other tools."""

import re
from dataclasses import dataclass
from itertools import pairwise

# Addresses may hold commas and semicolons of their own, so one begins only behind a separator, a bracket or a quote.
_START = re.compile(r"(?:^|(?<=[\s;,|(\"'\[]))https?://", re.IGNORECASE)
_CLOSED = re.compile(r"\)(?=[\s;,|]|$)")
# How WooCommerce writes what belongs to an image: https://… ! alt : Red ! title : Chair ! desc : ! caption :
_DETAILS = re.compile(r"\s!\s(?:alt|title|desc|caption)\s?:[^|]*", re.IGNORECASE)
_BETWEEN = " \t\r\n\u00a0;,|"
_QUOTES = "\"'"


@dataclass(frozen=True, slots=True)
class Listed:
    """One address of a list, whether a name stood beside it, as Airtable and Notion write `cat.jpg (https://…)`, and
    the alt text behind it, None where there is none."""

    url: str
    is_named: bool = False
    alt: str | None = None


def listed(text: str) -> tuple[Listed, ...] | None:
    """The addresses in `text`, in order; None where it holds something else beside them."""
    bare = _DETAILS.sub(" ", text)
    has_details = bare != text
    plain = bare.strip(_BETWEEN)
    if plain.startswith("[") and plain.endswith("]"):
        plain = plain[1:-1]
    starts = [found.start() for found in _START.finditer(plain)]
    if not starts:
        return None
    found: list[Listed] = []
    rest = plain[: starts[0]]
    for start, end in zip(starts, [*starts[1:], len(plain)], strict=True):
        is_named = rest.endswith("(")
        if rest.strip(_BETWEEN + _QUOTES) and not is_named:
            return None
        url, rest = _cut(plain[start:end], is_named)
        found.append(Listed(url, is_named or has_details))
    return None if rest.strip(_BETWEEN + _QUOTES) else tuple(found)


def described(text: str) -> tuple[Listed, ...] | None:
    """The addresses in `text` with the alt texts behind them: `https://… | A red chair; https://… | A blue one`. None
    where it holds something else, or no alt text."""
    plain = text.strip()
    starts = [found.start() for found in _START.finditer(plain)]
    if not starts or starts[0] or "|" not in plain:
        return None
    # An address that follows neither a semicolon nor a new line is one within an alt text.
    begins = [end for start, end in pairwise(starts) if plain[start:end].rstrip(" \t\r").endswith((";", "\n"))]
    found = [_with_alt(plain[start:end].strip().removesuffix(";")) for start, end in pairwise((0, *begins, len(plain)))]
    entries = tuple(entry for entry in found if entry)
    return entries if len(entries) == len(found) and any(entry.alt is not None for entry in entries) else None


def _with_alt(piece: str) -> Listed | None:
    """One address and its alt text; None where it is something else, such as two addresses."""
    url, bar, alt = piece.partition(" |")
    is_one = not re.search(r"[\s|]", url) and not _START.match(alt.strip())
    return Listed(url.strip(), alt=alt.strip() if bar else None) if is_one else None


def count(text: str) -> int:
    """How many addresses begin in `text`."""
    return sum(1 for _ in _START.finditer(text))


def _cut(piece: str, is_named: bool) -> tuple[str, str]:
    """The address that a piece begins with, and what follows: for a named one, all behind its bracket."""
    closed = _CLOSED.search(piece) if is_named else None
    if closed:
        return piece[: closed.start()], piece[closed.end() :]
    bare = piece.strip(_BETWEEN + _QUOTES)
    if re.search(r"\s", bare):  # the name of the next one: https://…, cat.jpg (
        url, rest = bare.split(maxsplit=1)
        return url.rstrip(";,|"), rest
    return bare, ""
