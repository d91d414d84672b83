"""`Damage`: one kind of harm that text comes to, told by two texts."""

from collections.abc import Callable
from dataclasses import dataclass

from lib.model.problem import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """`is_it(found, live)` says whether the text found is what this damage makes of the live one.

    Both are without blanks around them and differ. `advice` says how the file is mended.
    """

    kind: str
    expected: str
    advice: str
    is_it: Callable[[str, str], bool]
    severity: Severity = Severity.ERROR


def one_spaced(text: str) -> str:
    """`text` with one blank wherever there is white space."""
    return " ".join(text.split())
