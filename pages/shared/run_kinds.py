"""What the kinds of runs are called on the screen."""

from lib.model.run import RunKind

KINDS = {
    RunKind.IMPORT: "Import",
    RunKind.UNDO: "Undo",
    RunKind.RETRY: "Second try",
    RunKind.PUBLISH: "Publish",
    RunKind.ARCHIVE: "Archive",
}
