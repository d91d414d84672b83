"""What runs and batches are called on the screen."""

from collections.abc import Iterable
from dataclasses import asdict

from lib.model.run import BatchState, Run, RunKind, RunState
from lib.reports.results import STATUSES, RunBalance
from pages.shared.plain import count

KINDS = {RunKind.IMPORT: "Import", RunKind.UNDO: "Undo", RunKind.RETRY: "Second try", RunKind.PUBLISH: "Publish"}
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
BATCHES = {
    BatchState.QUEUED: "· Queued",
    BatchState.SENDING: "→ Sending",
    BatchState.DONE: "✓ Done",
    BatchState.PARTLY: "◐ Partly",
    BatchState.FAILED: "✗ Failed",
}
PARTS = {  # by the names that `RunBalance` gives the figures
    "updated": "Updated",
    "unchanged": "Already up to date",
    "left_out": "Left out",
    "held_back": "Held back",
    "failed": "Failed",
    "in_doubt": "In doubt",
    "not_sent": "Not sent",
}
PARTS_OF = {
    RunKind.UNDO: {"updated": "Brought back", "unchanged": "Already as before", "left_out": "Left alone"},
    RunKind.PUBLISH: {"updated": "Published", "unchanged": "Already published"},
}
WHEN_ANY = ("held_back", "in_doubt", "not_sent")


def labels_of(kind: RunKind) -> dict[str, str]:
    """What each status of `row_results` is called for this kind of run."""
    return dict(zip(STATUSES, (PARTS | PARTS_OF.get(kind, {})).values(), strict=True))


def parts(kind: RunKind, figures: RunBalance) -> dict[str, int]:
    """The figures that add up to the rows, by what they are called for this kind of run."""
    labels = PARTS | PARTS_OF.get(kind, {})
    only_when_any = WHEN_ANY if kind in (RunKind.IMPORT, RunKind.UNDO) else (*WHEN_ANY, "left_out")
    numbers = asdict(figures)
    return {labels[name]: numbers[name] for name in PARTS if numbers[name] or name not in only_when_any}


def so_far(run: Run) -> str:
    """`400 updated · 18 already up to date · 97 failed`: what has become of the items until now."""
    labels = PARTS | PARTS_OF.get(run.kind, {})
    sums = {
        "updated": run.updated,
        "unchanged": already(run),
        "held_back": sum(batch.held for batch in run.batches),
        "failed": failures(run),
    }
    return " · ".join(f"{number:,} {labels[name].lower()}" for name, number in sums.items() if number)


def already(run: Run) -> int:
    """Items that held the new values before we came."""
    return sum(batch.already for batch in run.batches)


def failures(run: Run) -> int:
    """Items that Webflow refused."""
    return sum(batch.failed for batch in run.batches)


def on_their_way(run: Run) -> int:
    """Items of batches that are being sent, without an outcome yet."""
    return sum(batch.items - batch.done for batch in run.batches if batch.state is BatchState.SENDING)


def to_send(run: Run) -> int:
    """Items of batches that nobody has begun to send."""
    return sum(batch.items - batch.done for batch in run.batches if batch.state is BatchState.QUEUED)


def headline(run: Run) -> str:
    """`312 items updated`, or `1,200 of 1,480 items updated` when it is not all of them."""
    items, wanted = run.updated, run.change_count
    number = count(items, "item") if items + already(run) == wanted else f"{items:,} of {count(wanted, 'item')}"
    return f"{number} {DONE_WORDS[run.kind]}"


def batches_in_words(numbers: Iterable[int], total: int) -> str:
    """`batch 3 of 15 is`, `batches 5 to 8 of 15 are`, `4 of 15 batches are`."""
    known = sorted(numbers)
    if len(known) == 1:
        return f"batch {known[0]} of {total:,} is"
    is_row = known[-1] - known[0] + 1 == len(known)
    return f"batches {known[0]} to {known[-1]} of {total:,} are" if is_row else f"{len(known)} of {total:,} batches are"
