"""Text from files and from Webflow, made safe for places that understand Markdown."""

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&@])")


def plain(text: str) -> str:
    """`text` with every character that Markdown could act on escaped, on one line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 item`, `1,204 items`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
