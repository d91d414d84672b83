"""What the tests need beside Python packages: a browser and a database. `python -m tests.equipment` brings both."""

import os


class Missing(Exception):
    """Something could not be brought; the text is one sentence that says what to type."""


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0  # Windows has no root
