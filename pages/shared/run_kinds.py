"""What the kinds of runs are called on the screen."""

from lib.model.run import RunKind
from lib.words.say import later

KINDS = {
    RunKind.IMPORT: later("Import"),
    RunKind.UNDO: later("Undo"),
    RunKind.RETRY: later("Second try"),
    RunKind.PUBLISH: later("Publish"),
    RunKind.ARCHIVE: later("Archive"),
}
