"""Did it land? One table from a status, or from no answer, to what is known of the request and whether to try again."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from lib.errors import Certainty, Detail, Scope, Verdict, WaitReason
from lib.webflow.no_response import NoResponse
from lib.webflow.reply import Reply

CONFLICT = 409
LANDED = Verdict(Certainty.LANDED)
UNREADABLE = Verdict(Certainty.UNCLEAR, retry=WaitReason.UNREADABLE, is_late=True)  # a success that is not Webflow's
_NEVER_LEFT = Verdict(Certainty.NOT, retry=WaitReason.NO_ANSWER)
_NO_END = Verdict(Certainty.UNCLEAR, retry=WaitReason.NO_ANSWER, is_late=True)
_FAILING = Verdict(Certainty.UNCLEAR, retry=WaitReason.BUSY)
_TABLE: Final[tuple[tuple[range | tuple[int | NoResponse, ...], Verdict], ...]] = (  # the first that holds counts
    ((NoResponse.UNKNOWN_NAME, NoResponse.NOT_LISTENING, NoResponse.CERTIFICATE, NoResponse.PROXY), _NEVER_LEFT),
    ((NoResponse.TIMEOUT, NoResponse.BROKEN_OFF, 408), _NO_END),  # 408 gives up halfway
    (range(200, 300), UNREADABLE),
    ((401, 403), Verdict(Certainty.NOT)),
    ((429,), Verdict(Certainty.NOT, retry=WaitReason.RATE_LIMIT)),
    (range(400, 500), Verdict(Certainty.NOT, Scope.ROW)),
    ((502, 504), replace(_FAILING, is_late=True)),  # a gateway's, which knows nothing of the end
    (range(500, 600), _FAILING),
)
_OTHER = Verdict(Certainty.UNCLEAR, is_late=True)  # a redirect, or no status of HTTP
_QUOTED = re.compile(r"'[^']*'")
_ITEM = re.compile(r"\bitems?\b", re.IGNORECASE)
_ABOUT_EVERYTHING = re.compile(
    r"(?:collection|site) cannot be found"
    r"|Field not described in schema"
    r"|\bstructure\b|since (?:the|its) last (?:site )?publish"
    r"|\b(?:site|collection)\b(?: (?!items?\b)\S+){0,6} \S*publish|\bunpublished (?:site|collection)\b",
    re.IGNORECASE,
)


def verdict_of(answer: Reply | NoResponse) -> Verdict:
    """What an answer, or none, says as such; `about_rows` says whether its words agree that rows are to blame."""
    if isinstance(answer, NoResponse):
        return _in_table(answer)
    is_success = 200 <= answer.status < 300 and isinstance(answer.body, dict)
    return LANDED if is_success else _in_table(answer.status)


def _in_table(outcome: int | NoResponse) -> Verdict:
    return next((verdict for outcomes, verdict in _TABLE if outcome in outcomes), _OTHER)


def about_rows(status: int, message: str, details: Sequence[Detail]) -> bool:
    """Whether some rows of a refused request may be to blame, as far as Webflow's words tell.

    A conflict is about rows only if it speaks of items: those about the whole site come in several wordings (one
    quoted publicly, others matched by clients of others), and every batch would meet the same.
    """
    texts = [_QUOTED.sub("", text) for text in (message, *(one.description for one in details))]
    if any(_ABOUT_EVERYTHING.search(text) for text in texts):
        return False
    return status != CONFLICT or any(one.param for one in details) or any(map(_ITEM.search, texts))
