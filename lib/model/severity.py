"""`Severity`: how much a problem weighs."""

from enum import StrEnum


class Severity(StrEnum):
    """An error keeps its row from being sent; a warning does not; fixed says what we changed while reading."""

    ERROR = "error"
    WARNING = "warning"
    FIXED = "fixed"
