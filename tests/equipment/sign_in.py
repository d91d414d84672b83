"""A provider of sign-ins by OpenID Connect, of our own on loopback: it asks who one is, and believes it."""

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import requests

from tests.equipment import Missing
from tests.equipment.ports import free_port

START_SECONDS = 30.0
PACKAGE = "oidc_provider_mock"


@contextlib.contextmanager
def serving(people: Mapping[str, Mapping[str, object]], folder: Path) -> Iterator[str]:
    """Its address, for the block; `people` are the claims it makes, by subject."""
    address, claims = (
        f"http://127.0.0.1:{(port := free_port())}",
        [f"--user-claims={json.dumps({'sub': subject, **told})}" for subject, told in people.items()],
    )
    log = folder / "provider.txt"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", PACKAGE, "--port", str(port), "--require-nonce", "true", *claims],
            stdout=output,
            stderr=output,
        )
    try:
        _wait_for(address, process, log)
        yield address
    finally:
        process.kill()
        process.wait()


def settings(provider: str, app: str) -> str:
    """The secrets of an app at this address that signs people in there."""
    return f"""
[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "a secret of the tests, long enough"
client_id = "flowsheet"
client_secret = "of the tests"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(requests.RequestException):
            if requests.get(f"{address}/.well-known/openid-configuration", timeout=1).ok:
                return
    said = log.read_text().strip().rpartition("\n")[2]
    raise Missing(f"The provider of sign-ins did not start ({said}): type `make clean`, then `make test` again.")
