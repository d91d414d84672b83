"""Where a value is to be stored, and that it cannot be."""

from dataclasses import dataclass

from lib.sandbox.world import World


class Wrong(Exception):
    """A value that the field does not accept; the text is the description in `details`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is to be stored."""

    world: World
    locale: str
    skip_invalid_files: bool
