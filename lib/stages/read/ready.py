"""A reader that has started already, so that the next file need not wait for a Python and its imports.

It has read nothing yet and reads one file like any other. When we end its input does, and with it the reader.
"""

import atexit
import contextlib
import threading
from collections.abc import Callable
from subprocess import Popen

Process = Popen[bytes]


class Ready:
    """At most one process that `start` has made and nobody has taken."""

    def __init__(self, start: Callable[[], Process]) -> None:
        self._start = start
        self._lock = threading.Lock()
        self._process: Process | None = None
        atexit.register(self.stop)

    def prepare(self) -> None:
        """Have one; where the system has no room, the next file will be told."""
        with self._lock, contextlib.suppress(OSError):
            self._process = self._process or self._start()

    def take(self, command: object) -> Process:
        """The one that runs `command` and is alive, or else a new one; raises `OSError`."""
        with self._lock:
            process, self._process = self._process, None
        if process and process.args == command and process.poll() is None:
            return process
        end(process)
        return self._start()

    def stop(self) -> None:
        """End the one that nobody has taken."""
        with self._lock:
            process, self._process = self._process, None
        end(process)


def end(process: Process | None) -> None:
    """End a process and let go of what connects us."""
    if process:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            with contextlib.suppress(OSError):  # what it was to read and never did
                if stream:
                    stream.close()
