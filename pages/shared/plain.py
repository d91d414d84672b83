"""Text from files and from Webflow, made safe for places that understand Markdown."""

import re

from lib.words.say import say

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&@])")
# The browser makes links of bare addresses after it has taken the backslashes away, so a character that nobody sees
# stands inside of them. Measured with Streamlit 1.67 in Chromium.
_ADDRESS = re.compile(r"(?i)(?<=www)(?=\\\.)|(?<=http)(?=s?\\:)|(?=\\@)")
WORD_JOINER = "\N{WORD JOINER}"
LONGEST_EXCERPT = 60


def plain(text: str) -> str:
    """`text` with every character that Markdown could act on escaped, on one line; no address in it becomes a link."""
    return _ADDRESS.sub(WORD_JOINER, _MARKDOWN.sub(r"\\\1", " ".join(text.split())))


def excerpt(text: str) -> str:
    """A text in quotes, for places that show text as it is; of a long one its beginning and its end."""
    words = " ¶ ".join(text.splitlines())
    if len(words) > LONGEST_EXCERPT:
        words = f"{words[: LONGEST_EXCERPT // 2]} […] {words[-LONGEST_EXCERPT // 2 :]}"
    return say("“{text}”", text=words) if words else say("(empty)")
