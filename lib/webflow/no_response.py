"""Why no answer came, and how to say so to a person."""

import socket
from enum import StrEnum
from typing import Final

import requests


class NoResponse(StrEnum):
    """The ways in which a request stays without an answer."""

    UNKNOWN_NAME = "name not found"
    NOT_LISTENING = "connection refused"
    TIMEOUT = "timeout"
    CERTIFICATE = "certificate not accepted"
    PROXY = "proxy not reached"
    BROKEN_OFF = "connection lost"


_CHECK_INTERNET = "Check the internet connection of the computer that runs this app, then try again."
_ASK = "Ask the person who runs this app to look at it."
_SENTENCES: Final = {
    NoResponse.UNKNOWN_NAME: f"nobody knows the name {{host}}. {_CHECK_INTERNET}",
    NoResponse.NOT_LISTENING: f"{{host}} takes no connections. {_CHECK_INTERNET}",
    NoResponse.TIMEOUT: "{host} took too long to answer, several times. Wait a few minutes and try again.",
    NoResponse.CERTIFICATE: f"{{host}} could not prove to be the real one, so nothing was sent. {_ASK}",
    NoResponse.PROXY: f"the proxy server on the way to {{host}} does not help. {_ASK}",
    NoResponse.BROKEN_OFF: f"the connection to {{host}} broke off, several times. {_CHECK_INTERNET}",
}
_BY_TYPE: Final[tuple[tuple[type[BaseException], NoResponse], ...]] = (
    (requests.exceptions.ProxyError, NoResponse.PROXY),
    (requests.exceptions.SSLError, NoResponse.CERTIFICATE),
    (requests.exceptions.Timeout, NoResponse.TIMEOUT),
    (socket.gaierror, NoResponse.UNKNOWN_NAME),
    (ConnectionRefusedError, NoResponse.NOT_LISTENING),
    (TimeoutError, NoResponse.TIMEOUT),
)


def no_response_of(error: BaseException) -> NoResponse:
    """What an exception of the HTTP library was about; the outermost cause that is known decides."""
    cause: BaseException | None = error
    while cause is not None:
        for kind, no_response in _BY_TYPE:
            if isinstance(cause, kind):
                return no_response
        cause = cause.__cause__ or cause.__context__
    return NoResponse.BROKEN_OFF


def sentence(no_response: NoResponse, host: str) -> str:
    """What to tell a person after patience ran out."""
    return f"Webflow cannot be reached: {_SENTENCES[no_response].format(host=host)}"
