"""A number format of Excel → what it makes of a cell's text: percents, padded codes, dates, times and durations.

Other formats round, group and add a currency. What they show has fewer digits than the number, so the number stays.
"""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import partial

Form = Callable[[str], str | None]  # None: the cell holds nothing that can be shown like this

# Formats that files do not spell out (ECMA-376, part 1, 18.8.30).
BUILT_IN = {
    9: "0%",
    10: "0.00%",
    14: "m/d/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yyyy h:mm",
    46: "[h]:mm:ss",
}
LONGEST_CODE = 255  # Excel's own limit
FIRST_YEAR = "1900"  # no number of Excel is an earlier day
_TOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|am/pm|a/p|.', re.DOTALL | re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?: (.*))?")
_CLOCK = re.compile(r"\d{2,9}:\d\d(?::\d\d(?:\.\d+)?)?")
_BETWEEN_DIGITS = frozenset(" -():")


def form_of(code: str) -> Form | None:
    """What a format makes of a text; None: it stays as it is."""
    tokens = _first_section(code[:LONGEST_CODE])
    plain = "".join(token for token in tokens if token[0] not in '"\\_*[').lower()
    if "general" in plain:
        return None
    if "%" in plain:
        return partial(percent, decimals=plain.partition(".")[2].count("0"))
    if any(map(_ELAPSED.fullmatch, tokens)):
        return _elapsed(tokens, plain)
    clock = "h" in plain or "s" in plain
    if "y" in plain or "d" in plain or "mmm" in plain or ("m" in plain and not clock):
        return partial(_moment, seconds="s" in plain) if clock else _day
    if clock:
        half_days = "am/pm" in plain or "a/p" in plain
        return (
            partial(_time, hours=plain.count("h"), seconds="s" in plain, half_days=half_days) if "h" in plain else None
        )
    return _padding(tokens)


def is_time_of_day(form: Form) -> bool:
    """Whether a form shows a time without its day."""
    return isinstance(form, partial) and form.func is _time


def percent(text: str, *, decimals: int) -> str:
    """0.15 → 15%, with all its digits and at least so many decimals."""
    try:
        shown = format(Decimal(text).scaleb(2).normalize(), "f")
    except InvalidOperation:
        return text
    whole, _, fraction = shown.partition(".")
    fraction = fraction.ljust(decimals, "0")
    return f"{whole}.{fraction}%" if fraction else f"{whole}%"


def _first_section(code: str) -> list[str]:
    """The tokens before the first semicolon: those for numbers above zero."""
    tokens = [token.lower() if token[0] == "[" else token for token in _TOKEN.findall(code)]
    return tokens[: tokens.index(";")] if ";" in tokens else tokens


def _padding(tokens: list[str]) -> Form | None:
    """The form of codes such as 00000, 000-000 or "A-"0000; None for what is meant as an amount."""
    pattern = [_literal(token) if token != "0" else "0" for token in tokens]
    if None in pattern or tokens.count("0") < 2:
        return None
    last = len(tokens) - tokens[::-1].index("0")
    has_unit = any(character.isalpha() for token in pattern[last:] for character in str(token))
    return (
        None
        if has_unit
        else partial(_padded, pattern=[(str(p), t == "0") for p, t in zip(pattern, tokens, strict=True)])
    )


def _literal(token: str) -> str | None:
    """What a token stands for by itself; None for one that shows digits in another way."""
    if token[0] == '"' and len(token) > 1:
        return token[1:-1]
    if token[0] == "\\":
        return token[1:]
    if token[0] in "_*" and len(token) > 1:
        return ""
    if token[0] == "[":
        return None if token.startswith("[$") and token[2:3] != "-" else ""
    return token if token in _BETWEEN_DIGITS else None


def _padded(text: str, *, pattern: list[tuple[str, bool]]) -> str:
    """The digits of a whole number in the places of a pattern; those too many stand before the first place."""
    if not (text.isascii() and text.isdigit()):
        return text
    places = sum(is_digit for _, is_digit in pattern)
    digits = text.zfill(places)
    groups = iter([digits[: len(digits) - places + 1], *digits[len(digits) - places + 1 :]])
    return "".join(next(groups) if is_digit else literal for literal, is_digit in pattern)


def _day(text: str) -> str | None:
    found = _DAY.fullmatch(text)
    if found:
        return found[1] if found[1] >= FIRST_YEAR else None
    return None if _CLOCK.fullmatch(text) else text


def _moment(text: str, *, seconds: bool) -> str | None:
    day = _day(text)
    return f"{day} {_clock(text[11:] or '00:00', seconds)}" if day and _DAY.fullmatch(text) else day


def _clock(clock: str, seconds: bool) -> str:
    """Hours and minutes; seconds where they are shown or are not zero."""
    if clock.count(":") == 1:
        return f"{clock}:00" if seconds else clock
    return clock if seconds else clock.removesuffix(":00")


def _time(text: str, *, hours: int, seconds: bool, half_days: bool) -> str | None:
    found = _DAY.fullmatch(text)
    if found and found[1] < FIRST_YEAR:
        return None
    clock = found[2] or "00:00" if found else text
    if not _CLOCK.fullmatch(clock):
        return text
    hour, _, rest = _clock(clock, seconds).partition(":")
    number = (int(hour) % 12 or 12) if half_days else int(hour)
    return f"{number:0{min(hours, 2)}}:{rest}" + half_days * (" PM" if int(hour) >= 12 else " AM")


def _elapsed(tokens: list[str], plain: str) -> Form | None:
    """The form of durations that begin with hours; others stay hours, minutes and seconds."""
    unit = next(found[1] for found in map(_ELAPSED.fullmatch, tokens) if found)
    return partial(_duration, hours=len(unit), seconds="s" in plain) if unit[0] == "h" else None


def _duration(text: str, *, hours: int, seconds: bool) -> str:
    sign, clock = ("-", text[1:]) if text.startswith("-") else ("", text)
    if not _CLOCK.fullmatch(clock):
        return text
    hour, _, rest = _clock(clock, seconds).partition(":")
    return f"{sign}{int(hour):0{min(hours, 2)}}:{rest}"
