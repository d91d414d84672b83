"""The rules that every peer holds the sheets against, written down once. What breaks one is an error at (row, column).

Cells are stripped; blank ones are left out. A row without errors becomes an item as Webflow takes it. Flowsheet has
rules of its own and forgives more: `held_beside` says where.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from benchmarks.sheets import AUTHOR_IDS, COLUMNS, OPTIONS, REQUIRED, TAG_IDS

Item = dict[str, Any]
Errors = list[tuple[int, str]]
# Written so that Python, Rust and JavaScript read them alike.
_HOST = r"""[^\s/?#.,;|"'<>]+(?:\.[^\s/?#.,;|"'<>]+)*"""
ADDRESS = rf"^https?://{_HOST}(?::\d+)?(?:[/?#]\S*)?$"
PATTERNS = {
    "Item ID": r"^[0-9a-f]{24}$",
    "Name": r"^[\s\S]{1,100}$",
    "Summary": r"^[\s\S]{10,200}$",
    "Body": r"^[\s\S]{10,}$",
    "Price": r"^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$",
    "Featured": r"^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|1|0)$",
    "Published at": r"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?Z?)?$",
    "Email": r"""^[^@\s,:;<>()\[\]"]+@[^@\s.,:;<>()\[\]"]+(?:\.[^@\s.,:;<>()\[\]"]+)+$""",
    "Phone": r"^\+?[0-9 ()\-]{7,20}$",
    "Website": ADDRESS,
    "Accent": r"^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$",
    "Hero": ADDRESS,
}
LOOKUPS: Mapping[str, Mapping[str, str]] = {"Category": OPTIONS, "Author": AUTHOR_IDS, "Tags": TAG_IDS}
FEATURED = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
SLUGS = {column: column.lower().replace(" ", "-") for column in COLUMNS}
OPTIONAL = tuple(column for column in COLUMNS if column not in REQUIRED)
_COMPILED = {column: re.compile(pattern) for column, pattern in PATTERNS.items()}


def value_of(column: str, text: str) -> Any:
    """What a stripped text that is not blank means; raises `ValueError` where it breaks a rule."""
    if column in _COMPILED and _COMPILED[column].match(text) is None:
        raise ValueError(column)
    match column:
        case "Price":
            return float(text.replace(",", ""))
        case "Featured":
            return FEATURED[text.lower()]
        case "Published at":
            return moment(text)
        case "Category" | "Author":
            return known(column, text)
        case "Tags":
            return [known(column, part) for part in text.split("; ")]
        case "Hero":
            return {"url": text}
    return text


def is_right(column: str, text: str) -> bool:
    """Whether a text, blank or not, breaks no rule."""
    text = text.strip()
    if not text:
        return column not in REQUIRED
    try:
        value_of(column, text)
    except ValueError:
        return False
    return True


def moment(text: str) -> str:
    """A day or moment in UTC as Webflow writes it; raises `ValueError`."""
    return datetime.fromisoformat(text.removesuffix("Z")).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def known(column: str, text: str) -> str:
    """The id of an option or an item; raises `ValueError`."""
    if text not in LOOKUPS[column]:
        raise ValueError(text)
    return LOOKUPS[column][text]


def item(values: Mapping[str, Any]) -> Item:
    """The item of a row from its values by column, blank ones left out."""
    return {
        "id": values["Item ID"],
        "fieldData": {
            SLUGS[column]: value for column, value in values.items() if value is not None and column != "Item ID"
        },
        "isDraft": False,
    }
