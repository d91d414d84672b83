"""`RowStatus`: what becomes of a row and its change, from the preview to the results page."""

from enum import StrEnum


class RowStatus(StrEnum):
    """Every row has exactly one.

    Before anything is sent it is WILL_UPDATE, WITH_ERRORS, UNCHANGED (the item holds these values) or LEFT_OUT (nothing
    is to be sent for it). A run makes of WILL_UPDATE one of: UPDATED; UNCHANGED, when the item held the values before
    we came; HELD_BACK, when somebody changed the item after the preview, so nothing was sent; FAILED, when Webflow
    refused it; IN_DOUBT, when it was sent and nobody knows yet what became of it; NOT_SENT, when the run ended first.
    """

    WILL_UPDATE = "will update"
    WITH_ERRORS = "with errors"
    UPDATED = "updated"
    UNCHANGED = "already up to date"
    LEFT_OUT = "left out"
    HELD_BACK = "held back"
    FAILED = "failed"
    IN_DOUBT = "in doubt"
    NOT_SENT = "not sent"


TO_TRY_AGAIN = (RowStatus.FAILED, RowStatus.IN_DOUBT, RowStatus.NOT_SENT)
