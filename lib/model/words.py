"""What the identifiers on record mean, in sentences for the person: why a run stopped, why a row was not reached."""

from dataclasses import replace

from lib.model.new_item import is_new
from lib.model.row_status import RowStatus
from lib.model.run import Outcome
from lib.model.run_state import SAME_FAILURES_TO_STOP, Stop, StopCause
from lib.words.say import later, say

STOPS = {
    StopCause.BY_PERSON: later("It was stopped by hand. What was not sent can still be sent: resume the run."),
    StopCause.GIVEN_UP: later("It was given up. What was not sent can still be sent: resume the run."),
    StopCause.ABANDONED: later(
        "Nobody resumed this run for 15 minutes, so another one could begin. You can still resume it."
    ),
    StopCause.SAME_FAILURES: later("{batches} batches in a row failed for the same reason: {detail}"),
    StopCause.REFUSED: "{detail}",
    StopCause.FAULT: later(
        "Flowsheet made a mistake and stopped this run to be safe. The person who runs this app finds the details in "
        "its log."
    ),
}
IN_DOUBT = later(
    "Webflow gave no clear answer, so this item may or may not have been updated. Resume the run: it looks before it "
    "sends anything again."
)

CREATION_IN_DOUBT = later(
    "Webflow gave no clear answer, so this item may or may not have been created. Resume the run: it looks before it "
    "sends anything again."
)


def why_stopped(stop: Stop | None) -> str:
    """Whole sentences; "" for a run that did not stop early."""
    return say(STOPS[stop.cause], detail=stop.detail, batches=SAME_FAILURES_TO_STOP) if stop else ""


def with_reason(outcome: Outcome, stop: Stop | None) -> Outcome:
    """The outcome of a row that the run did not reach, or of which it does not know, with the reason."""
    if outcome.status is RowStatus.IN_DOUBT:
        return replace(outcome, reason=say(CREATION_IN_DOUBT if is_new(outcome.item_id) else IN_DOUBT))
    if outcome.status is RowStatus.NOT_SENT:
        return replace(outcome, reason=say("Not sent. {why}", why=why_stopped(stop)).strip())
    return outcome


# Why an item is left out of a plan with which nothing is wrong: nobody is asked to mend its row. On record in
# English, and said where they are shown.
ITEM_LEFT_OUT = later("You left this item out.")
SENT_AS_TRIAL = later("This item was sent before, to try it.")
NOT_IN_TRIAL = later("Only one item was sent, to try it.")
NOTHING_TO_MEND = (ITEM_LEFT_OUT, SENT_AS_TRIAL, NOT_IN_TRIAL)
