"""HTML → the words that a reader sees, a block a line."""

import re
from html.parser import HTMLParser

from lib.fields.paragraphs import BLOCKS
from lib.words.say import say

MOST_UNCLOSED = 100  # signs “<” that no “>” ends, in a text that is looked at as HTML
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def words_of(text: str) -> str:
    """The words of HTML: blocks and line breaks begin a line, entries of lists a dot, images tell their alt text."""
    if text.count("<") > text.count(">") + MOST_UNCLOSED:  # the parser looks for the end of each from its beginning
        return text
    parser = _Words()
    parser.feed(text)
    parser.close()
    lines = (line.strip() for line in "".join(parser.found).split("\n"))
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS or tag == "br":
            self.found.append("\n• " if tag == "li" else "\n")
        elif tag == "img":
            told = dict(attrs).get("alt") or dict(attrs).get("src") or ""
            self.found.append(say("[image: {words}]", words=told))

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        self.found.append(_BLANKS.sub(" ", data))
