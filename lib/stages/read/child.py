"""The process in which one file is read: the request and the bytes on standard input, its columns on standard
output; or the file itself, with other texts in some of its cells.

Started by `reader.read_columns` with `python -m`, once for every file. It imports the readers and nothing else, so that
it is there at once. Where the system has such limits, the kernel ends it when it takes too much: on Linux memory and
computing time, on macOS computing time only, on Windows neither. The patience of whoever started it ends everywhere.
"""

import contextlib
import gc
import json
import os
import sys
from importlib.abc import MetaPathFinder

from lib.errors import UnreadableFile
from lib.stages.read import wire
from lib.stages.read.columns import Columns, in_columns
from lib.stages.read.grid import UnreadableTab, without_blank_end
from lib.stages.read.kind import FileKind, kind_of_file
from lib.stages.read.limits import LIBRARY_BYTES, READER_BYTES, READER_SECONDS, check_size
from lib.stages.read.open_document import read_open_document
from lib.stages.read.regular import read_regular
from lib.stages.read.request import Request
from lib.stages.read.rewrite import rewritten
from lib.stages.read.text import read_text
from lib.stages.read.workbook import read_workbook
from lib.words.language import Language, speak
from lib.words.say import say

OUT_OF_MEMORY = 77


class WithoutPandas(MetaPathFinder):
    """Arrow looks for pandas in any array that it is given, and importing it takes longer than reading most files."""

    def find_spec(self, name: str, path: object, target: object = None) -> None:
        """Nothing, and no pandas from anybody else."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def main() -> None:
    """Read one file, and end; whatever a reader does, the last frame says what came of it."""
    confine()
    sys.meta_path.insert(0, WithoutPandas())
    gc.disable()  # what is read is kept until the end
    request = Request(**json.loads(sys.stdin.buffer.readline()))
    speak(Language(request.language))
    content = sys.stdin.buffer.read()
    try:
        for frame in (
            wire.dump_file(rewrite(request, content))
            if request.texts is not None
            else wire.dump(read(request, content))
        ):
            sys.stdout.buffer.write(frame)
    except UnreadableFile as error:
        source = error.source if isinstance(error, UnreadableTab) else None
        sys.stdout.buffer.write(wire.refusal(str(error), source))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BaseException as error:  # a panic of a reader written in Rust is no Exception
        sys.stdout.buffer.write(wire.refusal(stumbled(error)))
    sys.stdout.buffer.flush()
    os._exit(0)  # there is nothing to tidy up, and tidying millions of cells takes time


def confine() -> None:
    """Let the kernel end this process when it takes more than any file needs."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for name, limit in (
        ("RLIMIT_AS", READER_BYTES + LIBRARY_BYTES),
        ("RLIMIT_CPU", READER_SECONDS),
        ("RLIMIT_CORE", 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a limit that this system does not keep
            resource.setrlimit(getattr(resource, name), (limit, limit + (name == "RLIMIT_CPU")))


def read(request: Request, content: bytes) -> Columns:
    """The cells of a file, without the blank rows and columns at its end; raises `UnreadableFile`."""
    kind = kind_of_file(content)
    if kind is FileKind.TEXT:
        regular = read_regular(request.file_name, content, encoding=request.encoding, delimiter=request.delimiter)
        if regular:
            return regular
    if kind is FileKind.TEXT:
        grid = read_text(request.file_name, content, encoding=request.encoding, delimiter=request.delimiter)
    elif kind is FileKind.ODS:
        grid = read_open_document(request.file_name, content, tab=request.tab)
    else:
        grid = read_workbook(request.file_name, content, kind, tab=request.tab)
    grid = without_blank_end(grid)
    check_size(len(grid.rows), max(map(len, grid.rows), default=0))
    return in_columns(grid)


def rewrite(request: Request, content: bytes) -> bytes:
    """The file with other texts; raises `UnreadableFile`."""
    if kind_of_file(content) is not FileKind.XLSX:
        raise UnreadableFile(say("Only .xlsx workbooks can be mended as they are."))
    texts = request.texts or {}
    wanted = {int(row): {int(column): text for column, text in new.items()} for row, new in texts.items()}
    return rewritten(content, request.tab or "", wanted)


def stumbled(error: BaseException) -> str:
    """What to tell when a reader stops in a way that nobody has foreseen."""
    return say(
        "This file could not be read: something in it is not as it should be ({error}). "
        "Open it in your spreadsheet program and save it again as .xlsx or CSV.",
        error=type(error).__name__,
    )


if __name__ == "__main__":
    main()
