"""Text that is no table: pages, messages and data of programs that were saved under a table's name."""

import json
import re

from lib.words.say import later

SPREADSHEETML = later("an Excel 2003 XML spreadsheet")
FLAT_ODS = later("a flat OpenDocument file (XML)")
# Possessive: nothing is gone over twice, whatever stands there.
DECLARATION = re.compile(r"(?:<\?[^>]*+>|<!--(?:[^-]|-(?!->))*+-->|<![^>]*+>|\s)++")
ELEMENT = re.compile(r"<([A-Za-z_][\w.-]*+:)?([A-Za-z_][\w.-]*+)(?=[\s/>])")
HTML = frozenset(
    [
        "html",
        "head",
        "body",
        "table",
        "div",
        "meta",
        "script",
        "style",
        "title",
        "link",
        "p",
        "span",
        "a",
        "br",
        "center",
        "font",
        "form",
        "pre",
        "tr",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
    ]
)
MESSAGE = re.compile(r"(?:mime-version|content-type|from|received|return-path|message-id|delivered-to): ?\S", re.I)


def markup_in(start: bytes) -> str:
    """What the first bytes of a file, behind blanks, show it to be; "" if it may well be a table."""
    text = _text(start)
    if text.startswith("<"):
        return _tags(text)
    if text[:1] in ("{", "[") and _is_json(text):
        return later("data for a program (JSON)")
    lines = text[:2_000].splitlines()[:3]
    if len(lines) > 1 and all(MESSAGE.match(line) or line[:1] in " \t" for line in lines if line):
        return later("a mail or a web archive (MIME)")
    return ""


def _text(start: bytes) -> str:
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return start.decode("utf-16", "replace").lstrip()
    if start[:1] == b"\0" or start[1:2] == b"\0":
        return start.decode("utf-16-be" if start[:1] == b"\0" else "utf-16-le", "replace").lstrip()
    return start.decode("latin-1")


def _tags(text: str) -> str:
    head = text.lower()
    if head.startswith("<!doctype html"):
        return later("a web page")
    declared = DECLARATION.match(text)
    found = ELEMENT.match(text, declared.end() if declared else 0)
    name = found.group(2).lower() if found else ""
    if name == "workbook" and "urn:schemas-microsoft-com:office:spreadsheet" in head:
        return SPREADSHEETML
    if name == "document" and "urn:oasis:names:tc:opendocument" in head:
        return FLAT_ODS
    if name in HTML:
        return later("a web page")
    return later("an XML document") if head.startswith("<?xml") or "xmlns" in head else ""


def _is_json(text: str) -> bool:
    """Whether this is JSON: one value or one a line, or cut off in the middle of what begins like it."""
    try:
        _, end = json.JSONDecoder().raw_decode(text)
    except RecursionError:
        return True
    except json.JSONDecodeError:
        return len(text) > 3_000 and text[1:].lstrip()[:1] in ("{", "[", '"')
    return text[end:].lstrip()[:1] in ("", "{", "[")
