"""Pin what comes of every scene now as what is right: `python -m tests.golden.pin [scene …]`."""

import sys
from collections.abc import Sequence

from tests.golden.result import keep, kept, lines_of
from tests.golden.scenes import SCENES


def pin(names: Sequence[str]) -> None:
    """Keep the results of these scenes, and say which are new or others than before."""
    for name in names:
        lines = lines_of(SCENES[name]())
        if lines != kept(name):
            keep(name, lines)
            print(f"{name}: {len(lines):,} lines pinned")


if __name__ == "__main__":
    pin(sys.argv[1:] or list(SCENES))
