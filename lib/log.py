"""The log: what happened, to which run, and whom by; one JSON object a line, on stderr.

It goes to people who may not see what visitors do, so it holds no value, no name of a file, a site or a person, and no
address. That is why it is a formatter of our own: `Event` says what happened, an identifier why, figures how much, and
of an error its kinds and the lines of code it passed, since what an error says may quote a cell.
"""

import json
import logging
import sys
import traceback
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
RUN_LETTERS, WHO_LETTERS = 8, 12  # tell runs and people apart, and open nothing
_logger = logging.getLogger("flowsheet")


class Event(StrEnum):
    """What is told. `asked`: by a person on a page; what becomes of it is told by who works on the run."""

    RUN_STARTED = "run started"
    RUN_TAKEN_UP = "run taken up"
    PAUSE_ASKED = "pause asked"
    RESUME_ASKED = "resume asked"
    STOP_ASKED = "stop asked"
    RUN_PAUSED = "run paused"
    RUN_RESUMED = "run resumed"
    RUN_ENDED = "run ended"
    RUN_GIVEN_BACK = "run given back"
    RUN_LOST = "run lost"
    RUN_FAILED = "run failed"
    PAGE_FAILED = "page failed"
    DRAFT_OPENED = "draft opened"
    SIGN_IN_REFUSED = "sign-in refused"
    CONNECTING_FAILED = "connecting failed"


def tell(
    event: Event,
    *,
    run: str = "",
    who: str = "",
    why: StrEnum | None = None,
    figures: Iterable[tuple[StrEnum, int]] = (),
) -> None:
    """Log that something happened: to this run (its id), by this person (the fingerprint that the records keep)."""
    _logger.info(event, extra={"told": _told(run, who, why, figures)})


def tell_failure(event: Event, *, run: str = "", who: str = "") -> None:
    """Log a mistake of ours, where its error is handled."""
    _logger.error(event, exc_info=True, extra={"told": _told(run, who)})


def set_up() -> None:
    """Write the log from now on."""
    if not _logger.handlers:
        _logger.setLevel(logging.INFO)
        _logger.handlers = [ToStderr()]  # several who come first at once leave one


class ToStderr(logging.Handler):
    """Writes to whatever stderr is at the time."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            print(line(record), file=sys.stderr, flush=True)
        except Exception:
            self.handleError(record)


def line(record: logging.LogRecord) -> str:
    """The record as one line."""
    told: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "process": record.process,
        "what": record.getMessage(),
        **getattr(record, "told", {}),
    }
    if record.exc_info and record.exc_info[1]:
        told["errors"] = list(_errors(record.exc_info[1]))
    return json.dumps(told, ensure_ascii=False)


def _told(
    run: str, who: str, why: StrEnum | None = None, figures: Iterable[tuple[StrEnum, int]] = ()
) -> dict[str, object]:
    told = {"run": run[:RUN_LETTERS], "who": who[:WHO_LETTERS], "why": why or ""}
    return {name: text for name, text in told.items() if text} | {str(name): count for name, count in figures}


def _errors(error: BaseException | None) -> Iterator[dict[str, object]]:
    """The error and those behind it: the kind, and the lines of code from where it was handled to where it arose."""
    while error is not None:
        steps = traceback.walk_tb(error.__traceback__)
        yield {
            "kind": type(error).__qualname__,
            "lines": [f"{_short(frame.f_code.co_filename)}:{number}" for frame, number in steps],
        }
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _short(path: str) -> str:
    """The path of a source of ours within the project, else the file's name."""
    found = Path(path)
    return str(found.relative_to(ROOT)) if found.is_relative_to(ROOT) and ".venv" not in path else found.name
