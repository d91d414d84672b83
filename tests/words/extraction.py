"""What the code says, as `make words` finds it."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir, extract_from_file

ROOT = Path(__file__).parents[2]
KEYWORDS = {"say": None, "later": None, "count": (2, 3), "say_many": (2, 3)}


def texts() -> Iterator[tuple[str, ...]]:
    """Each text of the app; of what depends on a number the one for one and the one for more."""
    folders = (found for folder in ("pages", "lib") for found in extract_from_dir(ROOT / folder, keywords=KEYWORDS))
    app = extract_from_file("python", ROOT / "app.py", keywords=KEYWORDS)
    for text in (*(message for _, _, message, *_ in folders), *(message for _, message, *_ in app)):
        yield text if isinstance(text, tuple) else (text,)
