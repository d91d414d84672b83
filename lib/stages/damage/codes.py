"""Signs that came as codes: entities, codes of mails and addresses, escapes, and marks that programs put around."""

import html
import quopri
import re
from collections.abc import Callable
from urllib.parse import unquote

from lib.model.problem import Severity
from lib.stages.damage.base import Damage, one_spaced
from lib.words.say import later

TIMES_ESCAPED = 3
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8}))")
_WORD = re.compile(r"[A-Za-z0-9]+")
_EXCEL_ESCAPE = re.compile(r"_x([0-9a-fA-F]{4})_")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_LINE_CODES = (("\\r\\n", "\n"), ("\\n", "\n"), ("\\r", "\n"), ("\\t", "\t"))


def is_coded(found: str, live: str) -> bool:
    """Whether `found` says what `live` says, once its codes are read."""
    word = _WORD.search(live)
    if word and word[0] not in found:  # no code stands for letters and digits
        return False
    texts = (decode(found) for sign, decode in _DECODERS if sign in found)
    decoded = [text for text in texts if text != found]
    return bool(decoded) and one_spaced(live) in map(one_spaced, decoded)


def is_decoded(found: str, live: str) -> bool:
    """Whether the codes that stand in `live` became the signs they stand for."""
    return "&" in live and (plain := html.unescape(live)) != live and one_spaced(plain) == one_spaced(found)


def _entities(times: int) -> Callable[[str], str]:
    def decode(text: str) -> str:
        for _ in range(times):
            text = html.unescape(text)
        return text

    return decode


def _of_mail(text: str) -> str:
    return quopri.decodestring(text.encode()).decode("utf-8", "replace")


def _of_mail_western(text: str) -> str:
    return quopri.decodestring(text.encode()).decode("cp1252", "replace")


def _escapes(text: str) -> str:
    readable = _ESCAPE.sub(lambda one: _letter(next(filter(None, one.groups()))), text)
    # Half characters (surrogates) come in pairs.
    joined = readable.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _lines(joined).replace('\\"', '"').replace("\\/", "/").replace("\\\\", "\\")


def _letter(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number <= 0x10FFFF else "\ufffd"


def _lines(text: str) -> str:
    for code, sign in _LINE_CODES:
        text = text.replace(code, sign)
    return text


def _of_excel(text: str) -> str:
    return _EXCEL_ESCAPE.sub(lambda one: chr(int(one[1], 16)), text).replace("\r", "\n")


def _unquoted(text: str) -> str:
    inner = text.removeprefix("=")
    whole = len(inner) > 1 and inner[0] == inner[-1] == '"'
    return (inner[1:-1] if whole else text).replace('""', '"')


_DECODERS: tuple[tuple[str, Callable[[str], str]], ...] = (
    *(("&", _entities(times)) for times in range(1, TIMES_ESCAPED + 1)),
    ("=", _of_mail),
    ("=", _of_mail_western),
    ("%", unquote),
    ("\\", _escapes),
    ("\\", _lines),
    ("_x", _of_excel),
    ("<", lambda text: _BREAK.sub("\n", text)),
    ('"', _unquoted),
    ("'", lambda text: text.removeprefix("'")),
    ("+", lambda text: text.replace("+", " ")),
)

DAMAGES = (
    Damage(
        kind=later("Signs were written as codes"),
        expected=later("the signs themselves"),
        advice=later("A program wrote signs as codes or put marks around the text. Write it as visitors shall see it."),
        is_it=is_coded,
    ),
    Damage(
        kind=later("Codes became signs"),
        expected=later("the text as it is stored"),
        advice=later("Look whether the codes are meant to stand there."),
        is_it=is_decoded,
        severity=Severity.WARNING,
    ),
)
