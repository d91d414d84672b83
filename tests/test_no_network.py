"""The guard against real servers works."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_other_hosts_are_refused() -> None:
    with pytest.raises((SocketConnectBlockedError, UserWarning)), socket.socket() as anything:
        anything.connect(("192.0.2.1", 80))
