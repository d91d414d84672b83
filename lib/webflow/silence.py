"""Why no answer came, and how to say so to a person."""

import socket
from enum import StrEnum
from typing import Final

import requests


class Silence(StrEnum):
    """The ways in which a request stays without an answer."""

    UNKNOWN_NAME = "name not found"
    NOT_LISTENING = "connection refused"
    TIMEOUT = "timeout"
    CERTIFICATE = "certificate not accepted"
    PROXY = "proxy not reached"
    BROKEN_OFF = "connection lost"


NEVER_ARRIVED = (Silence.UNKNOWN_NAME, Silence.NOT_LISTENING, Silence.CERTIFICATE, Silence.PROXY)
_CHECK_INTERNET = "Check the internet connection of the computer that runs this app, then try again."
_ASK = "Ask the person who runs this app to look at it."
_SENTENCES: Final = {
    Silence.UNKNOWN_NAME: f"nobody knows the name {{host}}. {_CHECK_INTERNET}",
    Silence.NOT_LISTENING: f"{{host}} takes no connections. {_CHECK_INTERNET}",
    Silence.TIMEOUT: "{host} took too long to answer, several times. Wait a few minutes and try again.",
    Silence.CERTIFICATE: f"{{host}} could not prove to be the real one, so nothing was sent. {_ASK}",
    Silence.PROXY: f"the proxy server on the way to {{host}} does not help. {_ASK}",
    Silence.BROKEN_OFF: f"the connection to {{host}} broke off, several times. {_CHECK_INTERNET}",
}
_BY_TYPE: Final[tuple[tuple[type[BaseException], Silence], ...]] = (
    (requests.exceptions.ProxyError, Silence.PROXY),
    (requests.exceptions.SSLError, Silence.CERTIFICATE),
    (requests.exceptions.Timeout, Silence.TIMEOUT),
    (socket.gaierror, Silence.UNKNOWN_NAME),
    (ConnectionRefusedError, Silence.NOT_LISTENING),
    (TimeoutError, Silence.TIMEOUT),
)


def silence_of(error: BaseException) -> Silence:
    """What an exception of the HTTP library was about; the outermost cause that is known decides."""
    cause: BaseException | None = error
    while cause is not None:
        for kind, silence in _BY_TYPE:
            if isinstance(cause, kind):
                return silence
        cause = cause.__cause__ or cause.__context__
    return Silence.BROKEN_OFF


def sentence(silence: Silence, host: str) -> str:
    """What to tell a person after patience ran out."""
    return f"Webflow cannot be reached: {_SENTENCES[silence].format(host=host)}"
