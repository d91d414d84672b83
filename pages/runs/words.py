"""What runs and batches are called on the screen."""

from collections import Counter
from collections.abc import Iterable, Mapping

from lib.errors import WaitReason
from lib.model.row_status import RowStatus
from lib.model.run import BatchState, Run, RunKind
from lib.model.run_state import RunState
from lib.reports.deeds import USUAL, Deed
from lib.reports.run_report import RunReport
from lib.words.say import count, figure, later, say, say_many
from pages.shared.balance import amid
from pages.shared.plain import plain
from pages.shared.run_kinds import KINDS
from pages.shared.times import moment, zone_name

LEFT_OUT = later("left out")
STATES = {
    RunState.QUEUED: later("Starting"),
    RunState.RUNNING: later("Running"),
    RunState.PAUSING: later("Pausing"),
    RunState.PAUSED: later("Paused"),
    RunState.STOPPING: later("Stopping"),
    RunState.CHECKING: later("Reading back"),
    RunState.INTERRUPTED: later("Interrupted"),
    RunState.NEEDS_TOKEN: later("Interrupted, needs your token"),
    RunState.STOPPED: later("Stopped early"),
    RunState.DONE: later("Done"),
}
WAITS = {
    WaitReason.RATE_LIMIT: later("Waiting {seconds} s: Webflow limits requests per minute. It goes on by itself."),
    WaitReason.BUSY: later("Waiting {seconds} s: Webflow is busy. Then Flowsheet tries again by itself."),
    WaitReason.UNREADABLE: later(
        "Waiting {seconds} s: Webflow's answer is unreadable. Then Flowsheet tries again by itself."
    ),
    WaitReason.NO_ANSWER: later("Waiting {seconds} s: Webflow did not answer. Then Flowsheet tries again by itself."),
    WaitReason.SETTLING: later(
        "Waiting {seconds} s: the last requests may still be arriving. Then Flowsheet looks at the items and sends "
        "only what is missing."
    ),
}
BATCHES = {
    BatchState.QUEUED: later("· Queued"),
    BatchState.SENDING: later("→ Sending"),
    BatchState.DONE: later("✓ Done"),
    BatchState.PARTLY: later("! Partly"),
    BatchState.FAILED: later("✗ Failed"),
}
PARTS = {
    RowStatus.UPDATED: later("Updated"),
    RowStatus.CREATED: later("Created"),
    RowStatus.UNCHANGED: later("Already up to date"),
    RowStatus.LEFT_OUT: later("Left out"),
    RowStatus.HELD_BACK: later("Held back"),
    RowStatus.FAILED: later("Failed"),
    RowStatus.IN_DOUBT: later("In doubt"),
    RowStatus.NOT_SENT: later("Not sent"),
}
PARTS_OF = {
    RunKind.UNDO: {
        RowStatus.UPDATED: later("Brought back"),
        RowStatus.UNCHANGED: later("Already as before"),
        RowStatus.LEFT_OUT: later("Left alone"),
    },
    RunKind.PUBLISH: {RowStatus.UPDATED: later("Published"), RowStatus.UNCHANGED: later("Already published")},
    RunKind.ARCHIVE: {RowStatus.UPDATED: later("Archived"), RowStatus.UNCHANGED: later("Already archived")},
}
WHEN_ANY = (RowStatus.CREATED, RowStatus.HELD_BACK, RowStatus.IN_DOUBT, RowStatus.NOT_SENT)
SO_FAR = (RowStatus.UPDATED, RowStatus.CREATED, RowStatus.UNCHANGED, RowStatus.HELD_BACK, RowStatus.FAILED)


def labels_of(kind: RunKind) -> dict[RowStatus, str]:
    """What each status is called for this kind of run."""
    return {status: say(label) for status, label in (PARTS | PARTS_OF.get(kind, {})).items()}


def parts(kind: RunKind, counts: Counter[RowStatus], archived: int = 0) -> dict[str, int]:
    """The figures that add up to the rows, by what they are called for this kind of run; `archived` are those of the
    updated items that an undo put away."""
    only_when_any = WHEN_ANY if kind in (RunKind.IMPORT, RunKind.UNDO) else (*WHEN_ANY, RowStatus.LEFT_OUT)
    labels = labels_of(kind).items()
    found = {label: counts[status] for status, label in labels if counts[status] or status not in only_when_any}
    if archived:
        first, *rest = found.items()
        found = {first[0]: first[1] - archived, say("Archived"): archived, **dict(rest)}
    return found


def so_far(run: Run) -> str:
    """`400 updated · 18 already up to date · 97 failed`: what has become of the items until now."""
    labels, counts = labels_of(run.kind), run.counts
    return " · ".join(f"{figure(counts[status])} {amid(labels[status])}" for status in SO_FAR if counts[status])


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
        told = in_figures(figures)
        if is_all:
            return told
        return say_many(wanted, "{figures}, of {number:,} item", "{figures}, of {number:,} items", figures=told)
    items = count(run.landed, "item", "items") if is_all else out_of(run.landed, wanted)
    return say("{items} {done}", items=items, done=say(next(iter(figures))))


def out_of(number: int, total: int) -> str:
    """`1,200 of 1,480 items`."""
    return say_many(total, "{part:,} of {number:,} item", "{part:,} of {number:,} items", part=number)


def in_figures(found: Mapping[str, int]) -> str:
    """`302 updated · 10 created`."""
    return " · ".join(f"{figure(number)} {say(word)}" for word, number in found.items())


def in_a_sentence(found: Mapping[str, int]) -> str:
    """`302 items updated and 10 created`."""
    (word, number), *others = found.items()
    first = say("{items} {done}", items=count(number, "item", "items"), done=say(word))
    return all_of([first, *(f"{figure(more)} {say(other)}" for other, more in others)])


def all_of(told: Iterable[str]) -> str:
    """`302 items updated and 10 created`, of what is said already."""
    both = say("and")
    return f" {both} ".join(told)


def any_of(words: Iterable[str]) -> str:
    """`updated or created`."""
    either = say("or")
    return f" {either} ".join(say(word) for word in words)


def where(run: Run) -> str:
    """The collection and the site, in Markdown."""
    return say("**{collection}** on **{site}**", collection=plain(run.collection_name), site=plain(run.site_name))


def about(run: Run) -> str:
    """What a run was and did, in a sentence of Markdown."""
    return say(
        "{kind} of {file}, {moment} ({zone}): {done} in {where}.",
        kind=say(KINDS[run.kind]),
        file=plain(run.file_name or run.collection_name),
        moment=plain(moment(run.created_on)),
        zone=plain(zone_name()),
        done=in_a_sentence(done(run)),
        where=where(run),
    )


def sending(numbers: Iterable[int], total: int) -> str:
    """Which of so many batches are being sent."""
    known = sorted(numbers)
    if len(known) == 1:
        return say("Sending: batch {number} of {total:,} is on the way", number=known[0], total=total)
    first, last = known[0], known[-1]
    if last - first + 1 == len(known):
        return say(
            "Sending: batches {first} to {last} of {total:,} are on the way", first=first, last=last, total=total
        )
    return say("Sending: {number} of {total:,} batches are on the way", number=len(known), total=total)
