"""What runs and batches are called on the screen."""

from collections import Counter
from collections.abc import Iterable

from lib.errors import WaitReason
from lib.model.row_status import RowStatus
from lib.model.run import BatchState, Run, RunKind
from lib.model.run_state import RunState
from pages.shared.plain import count

DONE_WORDS = {
    RunKind.IMPORT: "updated",
    RunKind.UNDO: "brought back",
    RunKind.RETRY: "updated",
    RunKind.PUBLISH: "published",
}
DOING_WORDS = {
    RunKind.IMPORT: "Updating",
    RunKind.UNDO: "Bringing back",
    RunKind.RETRY: "Updating",
    RunKind.PUBLISH: "Publishing",
}
STATES = {
    RunState.QUEUED: "Starting",
    RunState.RUNNING: "Running",
    RunState.PAUSING: "Pausing",
    RunState.PAUSED: "Paused",
    RunState.STOPPING: "Stopping",
    RunState.CHECKING: "Reading back",
    RunState.INTERRUPTED: "Interrupted",
    RunState.NEEDS_TOKEN: "Interrupted, needs your token",
    RunState.STOPPED: "Stopped early",
    RunState.DONE: "Done",
}
WAITS = {
    WaitReason.RATE_LIMIT: "Waiting {seconds} s: Webflow limits requests per minute. It goes on by itself.",
    WaitReason.BUSY: "Waiting {seconds} s: Webflow is busy. Then Flowsheet tries again by itself.",
    WaitReason.UNREADABLE: "Waiting {seconds} s: Webflow's answer is unreadable. Then Flowsheet tries again by itself.",
    WaitReason.NO_ANSWER: "Waiting {seconds} s: Webflow did not answer. Then Flowsheet tries again by itself.",
    WaitReason.SETTLING: (
        "Waiting {seconds} s: the last requests may still be arriving. Then Flowsheet looks at the items and sends "
        "only what is missing."
    ),
}
BATCHES = {
    BatchState.QUEUED: "· Queued",
    BatchState.SENDING: "→ Sending",
    BatchState.DONE: "✓ Done",
    BatchState.PARTLY: "! Partly",
    BatchState.FAILED: "✗ Failed",
}
PARTS = {
    RowStatus.UPDATED: "Updated",
    RowStatus.UNCHANGED: "Already up to date",
    RowStatus.LEFT_OUT: "Left out",
    RowStatus.HELD_BACK: "Held back",
    RowStatus.FAILED: "Failed",
    RowStatus.IN_DOUBT: "In doubt",
    RowStatus.NOT_SENT: "Not sent",
}
PARTS_OF = {
    RunKind.UNDO: {
        RowStatus.UPDATED: "Brought back",
        RowStatus.UNCHANGED: "Already as before",
        RowStatus.LEFT_OUT: "Left alone",
    },
    RunKind.PUBLISH: {RowStatus.UPDATED: "Published", RowStatus.UNCHANGED: "Already published"},
}
WHEN_ANY = (RowStatus.HELD_BACK, RowStatus.IN_DOUBT, RowStatus.NOT_SENT)
SO_FAR = (RowStatus.UPDATED, RowStatus.UNCHANGED, RowStatus.HELD_BACK, RowStatus.FAILED)


def labels_of(kind: RunKind) -> dict[RowStatus, str]:
    """What each status is called for this kind of run."""
    return PARTS | PARTS_OF.get(kind, {})


def parts(kind: RunKind, counts: Counter[RowStatus]) -> dict[str, int]:
    """The figures that add up to the rows, by what they are called for this kind of run."""
    only_when_any = WHEN_ANY if kind in (RunKind.IMPORT, RunKind.UNDO) else (*WHEN_ANY, RowStatus.LEFT_OUT)
    labels = labels_of(kind).items()
    return {label: counts[status] for status, label in labels if counts[status] or status not in only_when_any}


def so_far(run: Run) -> str:
    """`400 updated · 18 already up to date · 97 failed`: what has become of the items until now."""
    labels, counts = labels_of(run.kind), run.counts
    return " · ".join(f"{counts[status]:,} {labels[status].lower()}" for status in SO_FAR if counts[status])


def on_their_way(run: Run) -> int:
    """Items of batches that are being sent, without an outcome yet."""
    return sum(batch.items - batch.done for batch in run.batches if batch.state is BatchState.SENDING)


def to_send(run: Run) -> int:
    """Items of batches that nobody has begun to send."""
    return sum(batch.items - batch.done for batch in run.batches if batch.state is BatchState.QUEUED)


def headline(run: Run) -> str:
    """`312 items updated`, or `1,200 of 1,480 items updated` when it is not all of them."""
    items, wanted = run.updated, run.change_count
    number = (
        count(items, "item")
        if items + run.counts[RowStatus.UNCHANGED] == wanted
        else f"{items:,} of {count(wanted, 'item')}"
    )
    return f"{number} {DONE_WORDS[run.kind]}"


def batches_in_words(numbers: Iterable[int], total: int) -> str:
    """`batch 3 of 15 is`, `batches 5 to 8 of 15 are`, `4 of 15 batches are`."""
    known = sorted(numbers)
    if len(known) == 1:
        return f"batch {known[0]} of {total:,} is"
    is_row = known[-1] - known[0] + 1 == len(known)
    return f"batches {known[0]} to {known[-1]} of {total:,} are" if is_row else f"{len(known)} of {total:,} batches are"
