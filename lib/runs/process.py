"""What lives as long as this process: tokens of running runs, their threads, the wish to stop.

It hangs on a module of its own that is never reloaded: Streamlit reloads ours when a file changes, and every visitor
can clear its caches, while the threads go on.
"""

import atexit
import os
import secrets
import sys
import threading
import time
import types
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Any

from lib.webflow.connection import Connection

MOST_DEMO_RUNS = 500
MOST_DEMO_VISITORS = 500
GRACE_SECONDS = 1.6  # whoever asked us to end waits about two seconds


@dataclass
class Process:
    """`connections` holds tokens in memory only, for runs that are not over; `demo` outlives its runs, since a demo
    token opens nothing but its own made-up site. `demo_visitors` says from which browser each demo site was opened, by
    the browser's secret. `troubles` says why a run could not go on when the records could not
    be written either."""

    name: str = field(default_factory=lambda: f"{os.getpid()}-{secrets.token_hex(6)}")
    connections: dict[str, Connection] = field(default_factory=dict)
    demo: OrderedDict[str, Connection] = field(default_factory=OrderedDict)
    demo_visitors: deque[tuple[str, Connection]] = field(default_factory=lambda: deque(maxlen=MOST_DEMO_VISITORS))
    threads: dict[str, threading.Thread] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)
    leaving: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def remember(self, run_id: str, thread: threading.Thread, connection: Connection) -> None:
        """Keep the thread of a run that starts or goes on, and its way in."""
        with self._lock:
            self.threads[run_id] = thread
            self.connections[run_id] = connection
        if connection.is_demo:
            self.demo[run_id] = connection
            while len(self.demo) > MOST_DEMO_RUNS:
                self.demo.popitem(last=False)

    def remember_demo(self, browser: str, connection: Connection) -> None:
        """Whoever comes back with this browser comes back to this demo site; "" is no browser."""
        if browser:
            self.demo_visitors.append((browser, connection))

    def demo_sites_of(self, browser: str) -> list[Connection]:
        """The demo sites that were opened from the browser with this secret, the newest first."""
        return [connection for known, connection in reversed(list(self.demo_visitors)) if browser and known == browser]

    def works_on(self, run_id: str, thread: threading.Thread) -> bool:
        """Whether this is the thread for the run; a person who resumes it starts another."""
        return self.threads.get(run_id) is thread

    def forget(self, run_id: str, thread: threading.Thread) -> None:
        """The thread ends, and with it our need of the token; only a process that ends may still be asked for it."""
        with self._lock:
            if self.works_on(run_id, thread):
                self.threads.pop(run_id)
                if not self.leaving.is_set():
                    self.connections.pop(run_id, None)

    def leave(self) -> None:
        """Let requests under way end, and give the runs back, within `GRACE_SECONDS` altogether."""
        self.leaving.set()
        deadline = time.monotonic() + GRACE_SECONDS
        for thread in list(self.threads.values()):
            thread.join(max(deadline - time.monotonic(), 0))


def current() -> Process:
    """The one of this process."""
    holder: Any = sys.modules.setdefault("_flowsheet_process", types.ModuleType("_flowsheet_process"))
    with _starting:
        if not hasattr(holder, "process"):
            holder.process = Process()
            atexit.register(holder.process.leave)
    process: Process = holder.process
    return process


_starting = threading.Lock()
