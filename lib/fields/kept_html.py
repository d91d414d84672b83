"""Parts of rich text that go to Webflow byte for byte: its embeds, components and bindings.

What an embed holds is stored as it stands (seen in several projects), a component is an element of its own
(developers.webflow.com, "Components in Rich Text"), and a binding `{{wf …}}` is made in the Designer.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

EMBED = "data-rt-embed-type"
IN_EMBED = f'<div {EMBED}="true">{{}}</div>'
_ATTRIBUTES = r"""(?:"[^"<]*+"|'[^'<]*+'|[^<>"'])*+"""
_TAG = rf"<(?P<end>/?)(?P<name>div|wf-component)(?=[\s/>])(?P<attributes>{_ATTRIBUTES})>"
_BINDING = r"(?P<binding>\{\{wf\b[^<>]{0,500}?\}\})"
_EDGE = re.compile(f"{_TAG}|{_BINDING}", re.IGNORECASE)
_MAY_HOLD_PARTS = re.compile(rf"<wf-|\{{\{{wf\b|{EMBED}", re.IGNORECASE)
_WORDS = re.compile("kept+")
_TABLE_IN_EMBED = re.compile(r"<div[^<>]*>\s*(<(table|figure)\b.*</\2\s*>)\s*</div\s*>", re.IGNORECASE | re.DOTALL)


class Part(Enum):
    """What is kept as it stands."""

    EMBED = auto()
    COMPONENT = auto()
    BINDING = auto()


@dataclass(frozen=True, slots=True)
class Aside:
    """A text with marks in the places of its parts; `parts` tells what each mark stands for. The `word` in all marks
    is not in the text itself."""

    text: str
    parts: Mapping[str, str]
    word: str
    has_bindings: bool

    def put_back(self, text: str) -> str | None:
        """The parts in the places of their marks; None where one is not there exactly once."""
        if not self.parts:
            return text
        marks = re.compile(_mark_of_any(self.word))
        whole = sorted(marks.findall(text)) == sorted(self.parts)
        return marks.sub(lambda mark: self.parts[mark[0]], text) if whole else None


def set_aside(text: str) -> Aside:
    """The text without its parts. A mark is an empty block for an embed, an empty element for a component, and a word
    for a binding, so that whatever is done to HTML or Markdown leaves it alone."""
    pieces: list[str] = []
    parts: dict[str, str] = {}
    end, word, has_bindings = 0, _new_word(text), False
    for kind, start, stop in kept_parts(text):
        mark = _mark(kind, word, len(parts))
        parts[mark] = text[start:stop]
        pieces += (text[end:start], mark)
        end, has_bindings = stop, has_bindings or kind is Part.BINDING
    return Aside("".join((*pieces, text[end:])), parts, word, has_bindings)


def kept_parts(text: str) -> Iterator[tuple[Part, int, int]]:
    """The parts of a text, each with its first place and the one behind its last; none within another."""
    opened, start, depth = "", 0, 0
    for edge in _EDGE.finditer(text) if _MAY_HOLD_PARTS.search(text) else ():
        if edge["binding"]:
            if not opened:
                yield Part.BINDING, *edge.span()
            continue
        name, is_empty = edge["name"].lower(), edge["attributes"].endswith("/")
        if not opened and not edge["end"] and (name != "div" or EMBED in edge["attributes"].lower()):
            opened, start, depth = name, edge.start(), 0
        if name == opened:
            depth += -1 if edge["end"] else 0 if is_empty and name != "div" else 1
            if depth == 0:
                yield (Part.EMBED if name == "div" else Part.COMPONENT), start, edge.end()
                opened = ""


def tables_bare(text: str) -> str:
    """The text without the embeds around tables that hold nothing else: the same tables, and Webflow may keep both."""
    pieces: list[str] = []
    end = 0
    for kind, start, stop in kept_parts(text) if EMBED in text.lower() else ():
        table = _TABLE_IN_EMBED.fullmatch(text, start, stop) if kind is Part.EMBED else None
        if table:
            pieces += (text[end:start], table[1])
            end = stop
    return "".join((*pieces, text[end:]))


def _new_word(text: str) -> str:
    """A word that is not in the text, since it is longer than all of its kind there."""
    longest = max(map(len, _WORDS.findall(text)), default=0)
    return "kept".ljust(longest + 1, "t")


def _mark(kind: Part, word: str, number: object) -> str:
    marks = {
        Part.EMBED: f'<hr {word}="{number}"/>',
        Part.COMPONENT: f'<wf-{word} n="{number}"/>',
        Part.BINDING: f"{word}{number}{word}",
    }
    return marks[kind]


def _mark_of_any(word: str) -> str:
    """A pattern of all marks with this word."""
    return "|".join(_mark(kind, word, "[0-9]+") for kind in Part)
