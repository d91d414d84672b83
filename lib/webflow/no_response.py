"""Why no answer came, and how to say so to a person."""

import socket
from enum import StrEnum
from typing import Final

import requests

from lib.words.say import later, say


class NoResponse(StrEnum):
    """The ways in which a request stays without an answer."""

    UNKNOWN_NAME = "name not found"
    NOT_LISTENING = "connection refused"
    TIMEOUT = "timeout"
    CERTIFICATE = "certificate not accepted"
    PROXY = "proxy not reached"
    BROKEN_OFF = "connection lost"


_SENTENCES: Final = {
    NoResponse.UNKNOWN_NAME: later(
        "Webflow cannot be reached: nobody knows the name {host}. Check the internet connection of the computer that "
        "runs this app, then try again."
    ),
    NoResponse.NOT_LISTENING: later(
        "Webflow cannot be reached: {host} takes no connections. Check the internet connection of the computer that "
        "runs this app, then try again."
    ),
    NoResponse.TIMEOUT: later(
        "Webflow cannot be reached: {host} took too long to answer, several times. Wait a few minutes and try again."
    ),
    NoResponse.CERTIFICATE: later(
        "Webflow cannot be reached: {host} could not prove to be the real one, so nothing was sent. Ask the person who "
        "runs this app to look at it."
    ),
    NoResponse.PROXY: later(
        "Webflow cannot be reached: the proxy server on the way to {host} does not help. Ask the person who runs this "
        "app to look at it."
    ),
    NoResponse.BROKEN_OFF: later(
        "Webflow cannot be reached: the connection to {host} broke off, several times. Check the internet connection "
        "of the computer that runs this app, then try again."
    ),
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
    return say(_SENTENCES[no_response], host=host)
