"""A timeout that means the whole answer: the HTTP library's own begins anew with every byte, so a drip never ends."""

import http.client
import io
import socket
import time
from typing import Any, Final

import urllib3
from requests.adapters import HTTPAdapter


class _UntilTimeout(io.RawIOBase):
    """Reads from a socket for as long as its timeout says, all reads together; raises `TimeoutError` after that."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._seconds = sock.gettimeout()
        self._ends = time.monotonic() + (self._seconds or 0.0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self._seconds is None:
            return self._raw.readinto(buffer)
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer did not end in time")
        self._sock.settimeout(left)
        try:
            return self._raw.readinto(buffer)
        finally:
            self._sock.settimeout(self._seconds)  # the next request on this connection has all its time again

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Response(http.client.HTTPResponse):
    """Made when a request has been sent: status line, headers and body then share one timeout."""

    def __init__(self, sock: socket.socket, *arguments: Any, **options: Any) -> None:
        super().__init__(sock, *arguments, **options)
        self.fp.close()
        self.fp = io.BufferedReader(_UntilTimeout(sock))


class _Plain(urllib3.connection.HTTPConnection):
    response_class = _Response


class _Encrypted(urllib3.connection.HTTPSConnection):
    response_class = _Response


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Plain


class _EncryptedPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _Encrypted


_POOLS: Final = {"http": _PlainPool, "https": _EncryptedPool}


class WholeAnswerTimeout(HTTPAdapter):
    """Sends requests whose read timeout is a deadline for the whole answer."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, *arguments: Any, **options: Any) -> Any:
        manager = super().proxy_manager_for(*arguments, **options)
        manager.pool_classes_by_scheme = _POOLS
        return manager
