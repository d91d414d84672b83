"""What runs and batches are called on the screen."""

from collections import Counter
from collections.abc import Iterable, Mapping

from lib.errors import WaitReason
from lib.model.row_status import RowStatus
from lib.model.run import BatchState, Run, RunKind
from lib.model.run_state import RunState
from lib.reports.deeds import USUAL, Deed
from lib.reports.run_report import RunReport
from lib.words.say import count

ARCHIVED = "Archived"
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
    RowStatus.CREATED: "Created",
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
    RunKind.ARCHIVE: {RowStatus.UPDATED: "Archived", RowStatus.UNCHANGED: "Already archived"},
}
WHEN_ANY = (RowStatus.CREATED, RowStatus.HELD_BACK, RowStatus.IN_DOUBT, RowStatus.NOT_SENT)
SO_FAR = (RowStatus.UPDATED, RowStatus.CREATED, RowStatus.UNCHANGED, RowStatus.HELD_BACK, RowStatus.FAILED)


def labels_of(kind: RunKind) -> dict[RowStatus, str]:
    """What each status is called for this kind of run."""
    return PARTS | PARTS_OF.get(kind, {})


def parts(kind: RunKind, counts: Counter[RowStatus], archived: int = 0) -> dict[str, int]:
    """The figures that add up to the rows, by what they are called for this kind of run; `archived` are those of the
    updated items that an undo put away."""
    only_when_any = WHEN_ANY if kind in (RunKind.IMPORT, RunKind.UNDO) else (*WHEN_ANY, RowStatus.LEFT_OUT)
    labels = labels_of(kind).items()
    found = {label: counts[status] for status, label in labels if counts[status] or status not in only_when_any}
    if archived:
        first, *rest = found.items()
        found = {first[0]: first[1] - archived, ARCHIVED: archived, **dict(rest)}
    return found


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


def done(run: Run) -> dict[str, int]:
    """What became of the items that landed, as far as the figures of a run tell."""
    figures = {str(USUAL[run.kind]): run.updated, str(Deed.CREATED): run.created}
    return {word: number for word, number in figures.items() if number} or {str(USUAL[run.kind]): 0}


def came_of(report: RunReport) -> dict[str, int]:
    """The same, as far as the records tell."""
    return {str(deed): report.done[deed] for deed in report.done or report.meant} or done(report.run)


def headline(run: Run, found: Mapping[str, int] | None = None) -> str:
    """`312 items updated`, `302 updated · 10 created`, or `1,200 of 1,480 items updated` when it is not all of them.

    `found` says more than the run's own figures what was `done`."""
    figures, wanted = found or done(run), run.change_count
    is_all = run.landed + run.counts[RowStatus.UNCHANGED] == wanted
    if len(figures) > 1:
        return in_figures(figures) + ("" if is_all else f", of {count(wanted, 'item', 'items')}")
    number = count(run.landed, "item", "items") if is_all else f"{run.landed:,} of {count(wanted, 'item', 'items')}"
    return f"{number} {next(iter(figures))}"


def in_figures(found: Mapping[str, int]) -> str:
    """`302 updated · 10 created`."""
    return " · ".join(f"{number:,} {word}" for word, number in found.items())


def in_a_sentence(found: Mapping[str, int]) -> str:
    """`302 items updated and 10 created`."""
    (word, number), *others = found.items()
    return " and ".join([f"{count(number, 'item', 'items')} {word}", *(f"{more:,} {other}" for other, more in others)])


def any_of(words: Iterable[str]) -> str:
    """`updated or created`."""
    return " or ".join(words)


def batches_in_words(numbers: Iterable[int], total: int) -> str:
    """`batch 3 of 15 is`, `batches 5 to 8 of 15 are`, `4 of 15 batches are`."""
    known = sorted(numbers)
    if len(known) == 1:
        return f"batch {known[0]} of {total:,} is"
    is_row = known[-1] - known[0] + 1 == len(known)
    return f"batches {known[0]} to {known[-1]} of {total:,} are" if is_row else f"{len(known)} of {total:,} batches are"
