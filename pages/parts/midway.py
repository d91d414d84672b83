"""Names in the middle of a line."""

from lib.words.language import Language, spoken
from lib.words.say import say


def midway(name: str) -> str:
    """The name as it stands there: English begins it small, German keeps its nouns."""
    return name.lower() if spoken() is Language.ENGLISH else say(name)
