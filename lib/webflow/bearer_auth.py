"""The token on its way into a request, and nowhere else."""

from typing import Never

import requests

from lib.errors import NotConnected
from lib.webflow.refusal import WHERE_TOKENS_ARE
from lib.words.say import say


def can_be_a_token(text: str) -> bool:
    """Whether it can travel in a header as it is."""
    return bool(text) and text.isascii() and text.isprintable() and " " not in text


class BearerAuth(requests.auth.AuthBase):
    """Sets the header itself, so that a .netrc file on the server cannot replace it.

    Raises `NotConnected` for what cannot be a token: the HTTP library's own error would quote it.
    """

    def __init__(self, token: str) -> None:
        if not can_be_a_token(token):
            raise NotConnected(
                say(
                    "This cannot be a Webflow token: one is made of letters and digits, without spaces or line breaks. "
                    "Copy it again from {where}.",
                    where=WHERE_TOKENS_ARE,
                )
            )
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request

    def __reduce__(self) -> Never:
        raise TypeError("a token is never pickled")
