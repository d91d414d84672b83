"""`RowStatus`: what becomes of a row and its change, from the preview to the results page."""

from enum import StrEnum

from lib.words.say import later


class RowStatus(StrEnum):
    """Every row has exactly one.

    Before anything is sent it is WILL_UPDATE, WILL_CREATE (there is no item yet, or not in its language), WITH_ERRORS,
    UNCHANGED (the item holds these values) or LEFT_OUT (nothing is to be sent). A run makes of the first two UPDATED or
    CREATED; UNCHANGED, when the item held the values before we came; HELD_BACK, when somebody changed or made the item
    after the preview, so nothing was sent; FAILED, when Webflow refused it; IN_DOUBT, when it was sent and nobody knows
    yet what became of it; NOT_SENT, when the run ended first.
    """

    WILL_UPDATE = later("will update")
    WILL_CREATE = later("will create")
    WITH_ERRORS = later("with errors")
    UPDATED = later("updated")
    CREATED = later("created")
    UNCHANGED = later("already up to date")
    LEFT_OUT = later("left out")
    HELD_BACK = later("held back")
    FAILED = later("failed")
    IN_DOUBT = later("in doubt")
    NOT_SENT = later("not sent")


TO_SEND = (RowStatus.WILL_UPDATE, RowStatus.WILL_CREATE)
LANDED = (RowStatus.UPDATED, RowStatus.CREATED)
TO_TRY_AGAIN = (RowStatus.FAILED, RowStatus.IN_DOUBT, RowStatus.NOT_SENT)
