"""Connections to a server that has to prove who it is. Nothing that goes wrong on them holds the request."""

import traceback
from collections.abc import Mapping
from urllib.parse import urlsplit

import requests

from lib.settings import LOOPBACK
from lib.webflow.deadline import WholeAnswerTimeout
from lib.webflow.no_response import NoResponse, no_response_of
from lib.webflow.reply import Reply, read_reply

CONNECT_SECONDS = 5.0


class Session(requests.Session):
    """Connections that follow no redirect, not even to read where it leads: the library would read it whole.

    `auth` puts into a request what it is let in by; there is always one, since without it the library would look for
    a password in a .netrc file on this computer.
    """

    def __init__(self, url: str, auth: requests.auth.AuthBase) -> None:
        super().__init__()
        for scheme in ("http://", "https://"):
            self.mount(scheme, WholeAnswerTimeout())
        self.auth = auth
        self.headers.update({"Accept": "application/json", "User-Agent": "Flowsheet"})
        # A proxy in the environment is for the network, and would take the demo site away from this computer.
        self.trust_env = urlsplit(url).hostname not in LOOPBACK

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None

    def answer_to(
        self,
        method: str,
        url: str,
        *,
        seconds: float,
        query: Mapping[str, str] | None = None,
        data: bytes | None = None,
        kind: str = "application/json",
    ) -> tuple[Mapping[str, str], Reply | NoResponse]:
        """The answer, within so many seconds, and its headers; `data` is sent as of this `kind`.

        The library's errors hold the request with its secrets, so they end here. Raises `RuntimeError` for a fault
        that nobody has foreseen, without the words of the library.
        """
        headers: Mapping[str, str] = {}
        try:
            response = self.request(
                method,
                url,
                params=query,
                data=data,
                headers={"Content-Type": kind} if data else None,
                timeout=(CONNECT_SECONDS, seconds),
                allow_redirects=False,
                stream=True,
            )
            headers = response.headers
            return headers, read_reply(response)
        except (requests.RequestException, OSError) as error:
            return headers, no_response_of(error)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            broken = f"the HTTP library broke down: {type(error).__name__} at {where.filename}:{where.lineno}"
        raise RuntimeError(broken)
