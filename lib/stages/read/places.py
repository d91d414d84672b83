"""A cell's address ↔ its place: "AB12" is row 12, column 27."""

import re

from lib.words.say import say

PLACE = re.compile(r"\$?([A-Za-z]{1,6})\$?([0-9]{1,9})")


def column_index(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def column_letters(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def place(address: str) -> tuple[int, int]:
    """Row (from 1) and column (from 0) of an address; raises `ValueError` for what is none."""
    found = PLACE.fullmatch(address)
    if not found:
        raise ValueError(say("no address of a cell: {text}", text=address[:20]))
    return int(found.group(2)), column_index(found.group(1))


def whole(number: str) -> int:
    """The number of a row or column; raises `ValueError` for what is none."""
    try:
        return int(number)
    except ValueError:
        raise ValueError(f"no number of a row or column: {number[:20]}") from None


def area(addresses: str) -> tuple[int, int, int, int]:
    """First row, first column, last row, last column of "A1:B2"; raises `ValueError`."""
    first, _, last = addresses.partition(":")
    (top, left), (bottom, right) = place(first), place(last or first)
    return top, left, bottom, right
