"""A provider of sign-ins by OpenID Connect, of our own on loopback: it asks who one is, and believes it."""

import contextlib
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.equipment.ports import free_port
from tests.equipment.servers import running

CONFIGURATION = "/.well-known/openid-configuration"
PACKAGE = "oidc_provider_mock"


@contextlib.contextmanager
def serving(people: Mapping[str, Mapping[str, object]], folder: Path) -> Iterator[str]:
    """Its address, for the block; `people` are the claims it makes, by subject."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    claims = [f"--user-claims={json.dumps({'sub': subject, **told})}" for subject, told in people.items()]
    command = [sys.executable, "-m", PACKAGE, "--port", str(port), "--require-nonce", "true", *claims]
    with running("The provider of sign-ins", command, f"{address}{CONFIGURATION}", folder / "provider.txt"):
        yield address


def settings(provider: str, app: str) -> str:
    """The secrets of an app at this address that signs people in there."""
    return f"""
[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "a secret of the tests, long enough"
client_id = "flowsheet"
client_secret = "of the tests"
server_metadata_url = "{provider}{CONFIGURATION}"
"""
