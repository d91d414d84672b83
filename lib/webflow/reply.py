"""`Reply`: an answer, read to its end within bounds. Whatever a server sends, it costs this much and no more."""

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

# The longest true answer is a page of 100 items. This leaves each of them 320 kB, which is 50,000 words; more than
# that is nothing that a collection holds, and eight senders may read at once.
MOST_BYTES = 32_000_000
# A list of empty objects takes three bytes each on the wire and 70 in memory, so they are counted before they are made.
MOST_VALUES = 2_000_000
DEEPEST = 50  # levels in one another; Webflow's own answers have 8
LONGEST_NUMBER = 300  # digits; more than a floating-point number can hold
CHUNK_BYTES = 65_536
_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)  # gives nothing back, so it is linear


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """`body` is the JSON of the answer, None when it is none, is too large, or nests too deep. `token` came with the
    request, so that it can be taken out of what people read."""

    status: int
    headers: Mapping[str, str]
    body: Any
    token: str = field(default="", repr=False)


def read_reply(response: requests.Response) -> Reply:
    """Read an answer that was asked for as a stream. Raises what the HTTP library raises when it breaks off."""
    with response:
        data = _bounded(response)
    return Reply(
        status=response.status_code,
        headers=response.headers,
        body=None if data is None else parsed(data),
        token=response.request.headers.get("Authorization", "").removeprefix("Bearer "),
    )


def _bounded(response: requests.Response) -> bytearray | None:
    """The bytes after unpacking; None, and no more is read, when they are too many."""
    data = bytearray()
    for chunk in response.iter_content(CHUNK_BYTES):
        data += chunk
        if len(data) > MOST_BYTES:
            return None
    return data


def parsed(data: bytes | bytearray) -> Any:
    """The JSON in these bytes, None when it is none or no answer of an API: endless, bottomless, not a number."""
    if _separators(data) > MOST_VALUES and _separators(_TEXT.sub(b"", data)) > MOST_VALUES:
        return None
    try:
        body = json.loads(
            _whole_characters(data), parse_constant=_refuse, parse_float=_finite_number, parse_int=_whole_number
        )
    except (ValueError, RecursionError):
        return None
    return body if _is_shallow(body) else None


def _separators(data: bytes | bytearray) -> int:
    """At least as many as there are values."""
    return sum(data.count(one) for one in (b",", b"[", b"{"))


def _whole_characters(data: bytes | bytearray) -> str:
    """The text; half a character, as a cut emoji leaves it, becomes U+FFFD: it can be neither kept nor sent."""
    text = data.decode("utf-8-sig")
    if "\\ud" not in text and "\\uD" not in text:
        return text
    whole = json.dumps(json.loads(text), ensure_ascii=False)
    return whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _finite_number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("no number is so large")
    return number


def _whole_number(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ValueError("no number is so long")
    return int(text)


def _is_shallow(body: Any) -> bool:
    """Whether nothing nests deeper than `DEEPEST`, level by level, since walking down would itself go too deep."""
    level = _nesting([body])
    for _ in range(DEEPEST):
        if not level:
            return True
        level = [inner for one in level for inner in _nesting(one.values() if type(one) is dict else one)]
    return not level


def _nesting(values: Iterable[Any]) -> list[Any]:
    """Those that hold others; JSON is read as exactly these types."""
    return [value for value in values if type(value) is dict or type(value) is list]
