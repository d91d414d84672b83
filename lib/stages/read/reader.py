"""One file, read in a process of its own: whatever a file does to its reader, nobody else feels it.

A plain child of this Python, since `multiprocessing` would run the app's script once more in it. It gets neither our
environment nor our files, a deadline on every system, and the limits that its kernel knows (see `child`). Its answer is
taken in as it comes and checked as foreign. When it dies, the way it died tells why.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO, TypeVar

from lib.errors import UnreadableFile
from lib.stages.read import wire
from lib.stages.read.child import OUT_OF_MEMORY
from lib.stages.read.columns import Columns
from lib.stages.read.limits import MOST_WAITING, PATIENCE_SECONDS, READER_BYTES, READER_SECONDS, READERS_AT_ONCE
from lib.stages.read.ready import Ready, end
from lib.stages.read.request import Request
from lib.stages.read.turns import Told, Turns
from lib.words.language import spoken
from lib.words.say import say

ROOT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-m", "lib.stages.read.child")
# What a Python needs to start; tokens and passwords stand under other names.
KEPT = ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME")
LAST_WORDS_BYTES = 10_000
PIPE_BYTES = 1 << 20  # where the system lets us choose: a file takes fewer turns
OUT_OF_TIME = -getattr(signal, "SIGXCPU", 0) or None  # how a child ends that has computed too long
TURNS = Turns(READERS_AT_ONCE, MOST_WAITING)
Started = Callable[[Callable[[], None]], None]
Answer = TypeVar("Answer")


def read_columns(
    request: Request, content: bytes, waiting: Told = lambda ahead: None, started: Started = lambda end: None
) -> Columns:
    """The cells of a file; raises `UnreadableFile` with a sentence, whatever happens.

    At most `READERS_AT_ONCE` are at work; the others wait, and `waiting(ahead)` is called meanwhile. `started` hears
    how to end the reading, from any thread.
    """
    return _answer(request, content, wire.load, waiting, started)


def rewritten_file(request: Request, content: bytes) -> bytes:
    """The file with other texts in some cells (see `Request`); raises `UnreadableFile`."""
    return _answer(request, content, wire.load_file)


def _answer(
    request: Request,
    content: bytes,
    load: Callable[[wire.Read], Answer],
    waiting: Told = lambda ahead: None,
    started: Started = lambda end: None,
) -> Answer:
    with TURNS.turn(waiting), _started() as process:
        started(process.kill)
        assert process.stdin and process.stdout and process.stderr
        late = threading.Event()
        alarm = threading.Timer(PATIENCE_SECONDS, _end, args=(process, late))
        question = json.dumps(asdict(replace(request, language=spoken().value))).encode() + b"\n"
        feeder = threading.Thread(target=_feed, args=(process.stdin, question, content), daemon=True)
        alarm.start()
        feeder.start()
        try:
            return load(process.stdout.read)
        except (EOFError, ValueError) as error:
            cut_off = isinstance(error, EOFError)
        finally:
            alarm.cancel()
            process.kill()
        last_words = process.stderr.read(LAST_WORDS_BYTES)
        raise UnreadableFile(_why(process.wait(), last_words, late=late.is_set(), cut_off=cut_off))


@contextmanager
def _started() -> Iterator[subprocess.Popen[bytes]]:
    """The child, and its end; then the next one gets ready."""
    try:
        process = READY.take(COMMAND)
    except OSError:
        raise UnreadableFile(
            say(
                "This file could not be read: the server has no room for a reader at the moment. Try again in a minute."
            )
        ) from None
    try:
        yield process
    finally:
        end(process)
        READY.prepare()


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        COMMAND,
        cwd=ROOT,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pipesize=PIPE_BYTES,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


READY = Ready(_start)


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)]),
        "PYTHONUTF8": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _feed(stream: IO[bytes], question: bytes, content: bytes) -> None:
    """Hand over the file; a reader that has ended or was ended takes no more."""
    with contextlib.suppress(OSError), stream:
        stream.write(question)
        stream.write(content)


def _why(status: int, last_words: bytes, *, late: bool, cut_off: bool) -> str:
    """The sentence for a reader that gave no answer."""
    if late or status == OUT_OF_TIME:
        seconds = PATIENCE_SECONDS if late else READER_SECONDS
        return say(
            "This file could not be read: it takes longer than {seconds:.0f} seconds to read. Copy the rows you need "
            "into a new file, or save them as CSV. If it is simply large, split it into several files and import them "
            "one after the other.",
            seconds=seconds,
        )
    if status == OUT_OF_MEMORY or b"memory allocation of" in last_words or b"MemoryError" in last_words:
        return say(
            "This file could not be read: it is built to need more memory than {most:.0f} MB. "
            "Copy the rows you need into a new file, or save them as CSV.",
            most=READER_BYTES / 1e6,
        )
    if cut_off:
        return say(
            "This file could not be read: what reads it broke down on it. "
            "Open it in your spreadsheet program and save it again as .xlsx or CSV."
        )
    return say(
        "This file could not be read: what reads it gave an answer that makes no sense. "
        "Open it in your spreadsheet program and save it again as .xlsx or CSV."
    )
