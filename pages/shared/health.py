"""Whether this copy of the app can work: it answers, and so do its records."""

import threading

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from lib.errors import FlowsheetError
from pages.shared.own_runs import check_records

OK = "ok"
_asking = threading.Lock()
_last: Response = PlainTextResponse("not asked yet", 503)


def health(request: Request) -> Response:
    """200 and `ok`; or 503 and the sentence that people read on pages where the records are away.

    The records are asked one question at a time, however many ask us: who comes meanwhile hears the last answer.
    """
    global _last
    if _asking.acquire(blocking=False):
        try:
            _last = _answer()
        finally:
            _asking.release()
    return _last


def _answer() -> Response:
    try:
        check_records()
    except FlowsheetError as error:
        return PlainTextResponse(str(error), 503)
    return PlainTextResponse(OK)
