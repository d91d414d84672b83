"""The shape of a text: line breaks and tabs of plain text, formatting of rich text."""

import html
import re

from lib.model.problem import Severity
from lib.stages.damage.base import Damage, one_spaced
from lib.words.say import later

_TAG = re.compile(r"<[^<>]*>")
_BREAKS = re.compile(r"[\n\r\t\v\f\u0085\u2028\u2029]")


def words(rich: str) -> str:
    """What a person reads in rich text, a line for each piece between tags."""
    return html.unescape(_TAG.sub("\n", rich)).strip()


def is_flattened(found: str, live: str) -> bool:
    """Whether only line breaks or tabs of `live` are gone."""
    breaks = len(_BREAKS.findall(live))
    if not breaks or len(_BREAKS.findall(found)) >= breaks:
        return False
    return "".join(found.split()) == "".join(live.split())


def is_unformatted(found: str, live: str) -> bool:
    """Whether rich text has the same words and less formatting."""
    if len(_TAG.findall(found)) >= len(_TAG.findall(live)):
        return False
    return one_spaced(words(found)) == one_spaced(words(live)) != ""


PLAIN_DAMAGES = (
    Damage(
        kind=later("Line breaks were lost"),
        expected=later("the line breaks that the item has"),
        advice=later("Put the line breaks and tabs back in."),
        is_it=is_flattened,
    ),
)
RICH_DAMAGES = (
    Damage(
        kind=later("Formatting was lost"),
        expected=later("the formatting that the item has"),
        advice=later("Headings, bold text, links or pictures go. Look at the preview."),
        is_it=is_unformatted,
        severity=Severity.WARNING,
    ),
)
