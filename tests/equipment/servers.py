"""Servers of other programs that tests start on loopback: up before they are used, gone after it."""

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import requests

from tests.equipment import Missing

START_SECONDS = 30.0


@contextlib.contextmanager
def running(
    name: str, command: Sequence[str], asked: str, log: Path, settings: Mapping[str, str] | None = None
) -> Iterator[None]:
    """The server for the block, from when it answers well at the address `asked`; raises `Missing` if it never does."""
    with log.open("w") as output:
        process = subprocess.Popen(command, env=os.environ | dict(settings or {}), stdout=output, stderr=output)
    try:
        _wait_for(name, asked, process, log)
        yield
    finally:
        process.kill()
        process.wait()


def _wait_for(name: str, asked: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(requests.RequestException):
            if requests.get(asked, timeout=1).ok:
                return
    said = log.read_text().strip().rpartition("\n")[2]
    raise Missing(f"{name} did not start ({said}): type `make clean`, then `make test` again.")
