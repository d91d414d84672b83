"""What runs and batches are called on the screen."""

from datetime import datetime

from lib.model.run import BatchState, RunKind, RunState
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
    RunState.PAUSING: "Pausing after the requests under way",
    RunState.PAUSED: "Paused",
    RunState.STOPPING: "Stopping after the batches under way",
    RunState.CHECKING: "Reading back what Webflow stored",
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


def headline(kind: RunKind, items: int) -> str:
    """`312 items updated`."""
    return f"{count(items, 'item')} {DONE_WORDS[kind]}"


def moment(when: datetime) -> str:
    """A time for people."""
    return f"{when:%d %B %Y, %H:%M} UTC"
