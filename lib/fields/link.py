"""Links, e-mail addresses, and links to videos."""

import re
from collections.abc import Sequence
from typing import Any

from lib.fields import addresses, usual
from lib.fields.base import FieldKind, ReadContext, TextKind
from lib.fields.column import Noted, noted, quoted
from lib.fields.mend import Mend, each_text, only
from lib.model.collection import Field, FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Problem, Severity
from lib.words.say import later, say

_LABEL = r"[^\s/?#.,;|\"'<>]+"
ADDRESS = re.compile(rf"https?://{_LABEL}(\.{_LABEL})*(:\d+)?([/?#]\S*)?", re.IGNORECASE)
LINK = re.compile(r"(mailto:|tel:|sms:)\S+|[/#?]\S*", re.IGNORECASE)
SPACED_LINK = re.compile(r"(?:https?://|mailto:|tel:|sms:|/)\S+\s", re.IGNORECASE)
BESIDE = re.compile(r"[,;|]\s|\s[(<\[]")  # more than an address
EXPECTED = later("an address such as https://example.com")
REFUSED = re.compile(r"(?:javascript|vbscript|data|file|ftp|blob):", re.IGNORECASE)
DOMAIN = re.compile(r"(www\.)?[\w-]+(\.[\w-]+)*\.[a-z]{2,}([/?#:]\S*)?", re.IGNORECASE)
# What ends like a file is a page or a picture of this site, not the name of another one.
_FILE_ENDINGS = (
    "html htm php asp aspx jsp pdf jpg jpeg png gif webp avif svg doc docx xls xlsx csv ppt pptx mp4 mp3 txt xml"
)
FILE_ENDINGS = frozenset(_FILE_ENDINGS.split())
SEVERAL = re.compile(r"[;,|]https?://", re.IGNORECASE)
BETWEEN = re.compile(r"[\s,;|]+(?=https?://)", re.IGNORECASE)
_PART = r"[^@\s.,:;<>()\[\]\"]+"
EMAIL = re.compile(rf"[^@\s,:;<>()\[\]\"]+@{_PART}(?:\.{_PART})+")


class Link(FieldKind):
    """A web address, or a link within the site."""

    type = FieldType.LINK
    title = later("Link")
    text = TextKind.LINK
    usual_form = usual.ADDRESS

    def parse(self, text: str) -> Any:
        if LINK.fullmatch(text) and not text.startswith("//"):
            return text
        answer = web_address(text)
        if not isinstance(answer, str) and _is_domain(text):
            fix, expected = say("It was read as “https://{text}”.", text=text), say(EXPECTED)
            return noted(f"https://{text}", later("Link without https://"), expected, fix, Severity.FIXED)
        return answer

    def mends(self, field: Field, choices: ReadingChoices, context: ReadContext) -> Sequence[Mend]:
        return ADDRESSES

    def meaning(self, value: object) -> object:
        return str(value).strip()

    def is_form_of(self, kept: Any, sent: Any) -> bool:
        """Webflow takes the last slash off."""
        return isinstance(kept, str) and isinstance(sent, str) and kept.strip() == sent.strip().removesuffix("/")


class Email(FieldKind):
    """An e-mail address."""

    type = FieldType.EMAIL
    title = later("E-mail")
    text = TextKind.CODE
    usual_form = r"[A-Za-z0-9.!$%'*+/=?^_`{|}~-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+"

    def parse(self, text: str) -> Any:
        if EMAIL.fullmatch(text):
            return text
        if text[:7].lower() == "mailto:" and EMAIL.fullmatch(text[7:]):
            return name_left_out(text[7:], _only(text[7:]))
        if text.count("@") > 1:
            return _several(text.count("@"))
        return Problem(
            kind=later("Not an e-mail address"),
            expected=say("one address such as ada@example.com"),
            fix=say("Write one address, without a name or brackets around it."),
        )

    def mends(self, field: Field, choices: ReadingChoices, context: ReadContext) -> Sequence[Mend]:
        return (each_text(later("Take the address alone"), lambda text: only(EMAIL.findall(text), text)),)

    def meaning(self, value: object) -> object:
        return str(value).strip()

    def is_form_of(self, kept: Any, sent: Any) -> bool:
        """Webflow writes it in small letters."""
        return isinstance(kept, str) and isinstance(sent, str) and kept.strip() == sent.strip().lower()


class VideoLink(FieldKind):
    """The address of a video: written as text, read as an object with `url` (seen in recorded answers)."""

    type = FieldType.VIDEO_LINK
    title = later("Video link")
    text = TextKind.CODE
    usual_form = usual.ADDRESS

    def parse(self, text: str) -> Any:
        return web_address(text)

    def mends(self, field: Field, choices: ReadingChoices, context: ReadContext) -> Sequence[Mend]:
        return ADDRESSES

    def meaning(self, value: object) -> object:
        return url_of(value)

    def text_of(self, value: object) -> str:
        return url_of(value)

    def sendable(self, value: object) -> object:
        return url_of(value)


def web_address(text: str) -> Any:
    """The address, or what is wrong with it."""
    if SEVERAL.search(text) or (addresses.count(text) > 1 and not ADDRESS.fullmatch(text)):
        return _several(addresses.count(text))
    if ADDRESS.fullmatch(text) and text[-1] not in ",;|":
        return text
    alone = addresses.listed(text)
    if alone and len(alone) == 1 and ADDRESS.fullmatch(alone[0].url):
        return name_left_out(alone[0].url, _only(alone[0].url))
    expected = say("an address such as https://example.com/page")
    return Problem(kind=later("Not a web address"), expected=expected, fix=_advice(text))


def name_left_out(value: Any, fix: str) -> Noted:
    """The word about names beside addresses, as Airtable and Notion write them: `cat.jpg (https://…)`."""
    return noted(value, later("Name beside an address"), say("the address alone"), fix, Severity.FIXED)


def _only(address: str) -> str:
    return say("Only the address is sent: {address}", address=address)


def _several(how_many: int) -> Problem:
    return Problem(
        kind=later("Several addresses"),
        expected=say("one address"),
        fix=say(
            "This field holds one address, and the cell has {number}. Keep the one that is meant.", number=how_many
        ),
    )


def _is_domain(text: str) -> bool:
    """Whether it is the name of a website, with or without a page of it."""
    host = re.split(r"[/?#:]", text, maxsplit=1)[0]
    return DOMAIN.fullmatch(text) is not None and host.rsplit(".", 1)[-1].lower() not in FILE_ENDINGS


def with_scheme(text: str) -> str:
    """`text` with https:// in front, where it is the name of a website or page without it."""
    plain = text.removeprefix("//")
    return f"https://{plain}" if _is_domain(plain) else text


def _advice(text: str) -> str:
    refused = REFUSED.match(text)
    if refused:
        return say(
            "“{beginning}” is not allowed here. Put the file or page on the web and write its https:// address.",
            beginning=refused[0],
        )
    if SPACED_LINK.match(text) and not BESIDE.search(text):
        kept = "" if text[:4].lower() in ("tel:", "sms:") else "%20"
        return say("An address has no blanks. Write it as {address}.", address=quoted(kept.join(text.split())))
    if text.startswith("//"):
        return say("Write it as “https:{text}”.", text=text)
    if EMAIL.fullmatch(text):
        return say("This is an e-mail address. For a link that writes to it: “mailto:{text}”.", text=text)
    if _is_domain(text):
        return say("Write it as “https://{text}”.", text=text)
    return say("Copy the whole address from the browser, https:// included.")


def url_of(value: Any) -> str:
    """The address in a value that is read as an object and may be written as text."""
    return str(value.get("url") or "") if isinstance(value, dict) else str(value)


ADDRESSES = (
    each_text(later("Put https:// in front"), with_scheme),
    each_text(later("Write blanks as %20"), lambda text: "%20".join(text.split())),
    each_text(later("Keep the first address"), lambda text: BETWEEN.split(text)[0]),
)
