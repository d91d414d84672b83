"""Text → HTML: what counts as a tag, which tags are blocks, and paragraphs where there are none."""

import html
import re
from collections.abc import Callable

BLOCK_NAMES = (
    "address article aside blockquote div dl dt dd figure figcaption footer h1 h2 h3 h4 h5 h6 header hr li main nav ol "
    "p pre section table tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(BLOCK_NAMES.split())
_INLINE_NAMES = (
    "a abbr acronym b bdi bdo big body br button caption center cite code col colgroup data del details dfn em embed "
    "font form head html i iframe img input ins kbd label legend link map mark meta meter noscript object option "
    "output param picture progress q rp rt ruby s samp script select slot small source span strike strong style sub "
    "summary sup svg template textarea time title track tt u var video audio wbr"
)
_NAMES = "|".join(sorted((*BLOCKS, *_INLINE_NAMES.split()), key=len, reverse=True))
TAG = re.compile(rf"<(?:!--|/?(?:{_NAMES}|[a-z]+-[a-z-]+)(?=[\s/>]))[^<>]*>", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS))})\b[^<>]*>", re.IGNORECASE)
# What is no part of a paragraph: left as it is where it stands alone.
_ALONE = re.compile(
    r"<(?:img|iframe|video|audio|embed|object|script|style|wf-[a-z]+)\b.*|<!--.*-->", re.IGNORECASE | re.DOTALL
)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_AFTER_BREAK = re.compile(r"(<br\b[^<>]*>)[^\S\n]*\n", re.IGNORECASE)
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")


def has_tags(text: str) -> bool:
    """Whether `text` holds any HTML tag; `a < b` and `<ada@example.com>` hold none."""
    return TAG.search(text) is not None


def has_blocks(text: str) -> bool:
    """Whether `text` is HTML with paragraphs, headings, lists or the like of its own."""
    return _BLOCK_TAG.search(text) is not None


def has_loose_lines(text: str) -> bool:
    """Whether lines of text stand outside of all blocks, where a line break shows as a blank."""
    depth, start = 0, 0
    for tag in _BLOCK_TAG.finditer(text):
        if depth == 0 and "\n" in TAG.sub("", text[start : tag.start()]).strip():
            return True
        start = tag.end()
        is_closing, is_empty = tag[0].startswith("</"), tag[0].endswith("/>") or tag[0][1:3].lower() == "hr"
        depth = max(0, depth + (-1 if is_closing else 0 if is_empty else 1))
    return depth == 0 and "\n" in TAG.sub("", text[start:]).strip()


def decoded(text: str) -> str:
    """`text` with the characters that its HTML codes stand for."""
    return ENTITY.sub(lambda code: html.unescape(code[0]), text)


def in_paragraphs(text: str) -> str:
    """`text` as paragraphs of HTML, parted by blank lines; tags inside them, if any, are kept."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    inner = _lines_with_tags if has_tags(plain) else _lines
    parts = (part.strip() for part in _BLANK_LINE.split(plain))
    return "".join(_paragraph(part, inner) for part in parts if part)


def _paragraph(part: str, inner: Callable[[str], str]) -> str:
    return part if _ALONE.fullmatch(part) else f"<p>{inner(part)}</p>"


def _lines(part: str) -> str:
    return html.escape(decoded(part), quote=False).replace("\n", "<br>")


def _lines_with_tags(part: str) -> str:
    """Line breaks of the text as tags; those inside of a tag are not of the text."""
    part = _AFTER_BREAK.sub(r"\1", part)
    outside = TAG.split(part)
    tags = [*TAG.findall(part), ""]
    return "".join(text.replace("\n", "<br>") + tag for text, tag in zip(outside, tags, strict=True))
