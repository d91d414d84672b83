"""Numbers as they are written: signs, brackets, currencies, groups of digits, and what a cell may hold instead."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from lib.fields.column import quoted
from lib.fields.date_words import MONTHS
from lib.words.say import say

_CODES = (
    "EUR USD GBP CHF JPY SEK NOK DKK PLN CZK HUF RON BGN TRY UAH RUB ILS AED SAR INR CNY HKD SGD KRW AUD NZD CAD MXN "
    "BRL ZAR kr zł Kč Ft lei Fr Rs"
)
UNITS = re.compile(
    r"(?:US|R|A|C|NZ|HK|S)?\$|[€£¥₹₽₺₩₪฿₫₴₦₱₲₵₡₸₼₾¢%]"
    rf"|(?<![^\W\d_])(?:{'|'.join(_CODES.split())})(?![^\W\d_])\.?",
    re.IGNORECASE,
)
MINUSES = re.compile("[\u2010-\u2015\u2212\ufe63\uff0d]")
NO_CENTS = re.compile(r"(?<=[.,])-{1,2}$|:-$")  # 12,- and 12.– and 12:- are prices without cents
# Full-width forms of ! to ~, and the marks that Arabic numbers have: ٫ before decimals, ٬ between groups.
_OTHER_FORMS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x066A: "%",
    0x066B: ",",
    0x066C: "'",
    0xFFE1: "£",
    0xFFE5: "¥",
}
SIGN = re.compile(r"^([+-])\s+")
SPACED = re.compile(r"[+-]?\d{1,3}(?:([\s'’‘ʼ`´′])\d{3})(?:\1\d{3})*(?![\d\s'’‘ʼ`´′])")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,4})?", re.IGNORECASE)
# By threes; by twos before the last three, as in India; by fours, as in China and Japan.
GROUPED = re.compile(r"[+-]?(?:\d{1,3}([.,])\d{3}(\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}|\d{1,4}(?:,\d{4}){2,})")
OPEN = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")  # 1,234: thousands or thousandths?

_LONGEST_ADVISED = 60  # advice is for what a person may have meant as a number
_DATE = re.compile(r"\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2})")
_TIME = re.compile(r"\d{1,3}:\d{2}(?::\d{2})?")
_RANGE = re.compile(r"\d[\d.,]*\s*(?:-|to|bis|à)\s*\d[\d.,]*")
_FRACTION = re.compile(r".*(?:\d\s*[/⁄]\s*\d|[\u00bc-\u00be\u2150-\u215e])")
_AROUND = re.compile(r"(?P<before>[^\d+-]*)(?P<number>[+-]?\d(?:[\d.,]*\d)?)(?P<after>[^\d].*)?")
_WORDS = re.compile(r"[^\W\d_]+")
_SCALE_NAMES = (
    "k m mm b bn t tsd mio mrd mill million millions billion billions thousand tausend mille millón millones "
    "milliarden millionen"
)
_SCALES = frozenset(_SCALE_NAMES.split())


@dataclass(frozen=True, slots=True)
class Written:
    """A number as it was written: its digits and marks with the sign before them, and what was around them."""

    digits: str
    with_unit: bool = False
    in_brackets: bool = False
    sign_behind: bool = False


def written(text: str) -> Written:
    """`text` without currency, percent, brackets and spaces between digits; a minus in front says what they said."""
    plain = MINUSES.sub("-", text if text.isascii() else _in_ascii_digits(text))
    without = UNITS.sub("", plain).strip()
    digits = NO_CENTS.sub("", without)
    in_brackets = digits.startswith("(") and digits.endswith(")")
    inside = digits[1:-1].strip() if in_brackets else digits
    sign_behind = inside.endswith("-") and not in_brackets and inside[:1] not in ("+", "-")
    inside = inside[:-1].rstrip() if sign_behind else inside
    if sign_behind or (in_brackets and inside[:1].isdigit()):
        inside = f"-{inside}"
    elif in_brackets:
        inside = digits
    inside = SIGN.sub(r"\1", inside)
    spaced = SPACED.match(inside)
    if spaced:
        inside = spaced[0].replace(spaced[1], "") + inside[spaced.end() :]
    return Written(inside, digits != plain.strip(), in_brackets, sign_behind)


def _in_ascii_digits(text: str) -> str:
    """`text` with the digits and marks of other scripts as those of this one."""
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text.translate(_OTHER_FORMS)
    )


def decimal_mark(texts: list[str]) -> str:
    """ "." or "," as the column shows it, "?" when its texts contradict each other, "" when none says."""
    marks = {mark for mark in map(proven_mark, texts) if mark}
    return "?" if len(marks) > 1 else next(iter(marks), "")


def proven_mark(digits: str) -> str:
    """The decimal mark that this one number proves, "" if it proves none."""
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        return "." if digits.rindex(".") > digits.rindex(",") else ","
    if dots > 1 or commas > 1:
        return "," if dots > 1 else "."
    if (dots or commas) and not OPEN.fullmatch(digits):
        return "." if dots else ","
    return ""


def with_point(digits: str, mark: str) -> str | None:
    """The digits with a decimal point and no groups, as machines write them; None where they are no number."""
    thousands = "," if mark == "." else "."
    if thousands in digits and not GROUPED.fullmatch(digits.partition(mark)[0]):
        return None
    plain = digits.replace(thousands, "").replace(mark, ".")
    return plain if NUMBER.fullmatch(plain) else None


def value_of(plain: str) -> int | float | None:
    """The value of a number with a decimal point; None where it is larger than numbers can be."""
    value = float(plain)
    if value in (float("inf"), float("-inf")):
        return None
    if plain.lstrip("+-").isdecimal():
        return int(plain) if len(plain) <= 16 else int(value)
    return int(value) if value.is_integer() else value


def loses_digits(plain: str, value: float) -> bool:
    """Whether the number has more digits than its value keeps, or is so small that nothing of it is left."""
    digits = plain.lower().partition("e")[0]
    is_lost = value == 0 and float(digits) != 0
    return is_lost or (len(digits) > 15 and Decimal(digits) != Decimal(repr(float(digits))))


def advice(text: str, number: Written) -> str:
    """What to do about a text that is no number, said about the form it has."""
    told = _no_one_number(text, number) or _about_what_stands_around(text)
    return told or say("Write digits with at most one decimal mark.")


def number_alone(text: str) -> str:
    """The number in a text that has other words before or behind it, as it is written there; "" where that is no
    number, several, or a part of one."""
    around = None if _no_one_number(text, written(text)) else _around(text)
    return around["number"] if around else ""


def _no_one_number(text: str, number: Written) -> str:
    """What a text is that holds no number, several, or one in a form that means something else; "" for others."""
    if not re.search(r"\d", text) and not number.in_brackets and not _FRACTION.match(text[:_LONGEST_ADVISED]):
        return say("There are no digits here. Type a number, or leave the cell empty.")
    plain = "" if len(text) > _LONGEST_ADVISED else MINUSES.sub("-", text)
    words = [word.casefold() for word in _WORDS.findall(plain)]
    context = _AROUND.fullmatch(plain)
    if _DATE.fullmatch(plain) or (context and any(word in MONTHS for word in words)):
        return say("{text} looks like a date, and this field holds numbers. Type the number.", text=quoted(text))
    if _TIME.fullmatch(plain):
        return say("{text} looks like a time, and this field holds numbers. Type the number.", text=quoted(text))
    if context and words and words[-1] in ("cr", "dr"):
        return say(
            "{text} is a credit or a debit. Write the number with a minus in front, or without.", text=quoted(text)
        )
    if number.in_brackets:
        return say("Brackets around a number mean that it is negative. Write it with a minus in front, such as -12.50.")
    if _RANGE.fullmatch(plain):
        return say("{text} has two numbers. Write one.", text=quoted(text))
    if _FRACTION.match(plain):
        return say("{text} is a fraction. Write it with a decimal mark, such as 0.5.", text=quoted(text))
    if context and words and words[0] in _SCALES:
        return say("{text} is a number made shorter. Write all its digits.", text=quoted(text))
    return ""


def _around(text: str) -> re.Match[str] | None:
    """What stands around the one number of a text; None where nothing does, or another number."""
    around = None if len(text) > _LONGEST_ADVISED else _AROUND.fullmatch(MINUSES.sub("-", text))
    if around is None or re.search(r"\d", around["after"] or ""):
        return None
    return around if (around["before"] + (around["after"] or "")).strip() else None


def _about_what_stands_around(text: str) -> str:
    around = _around(text)
    if around is None:
        return ""
    after = (around["after"] or "").strip()
    told = {"text": quoted(text), "more": quoted(after or around["before"].strip()), "number": around["number"]}
    if after:
        return say("{text} has text after the number ({more}). Write {number}.", **told)
    return say("{text} has text before the number ({more}). Write {number}.", **told)
