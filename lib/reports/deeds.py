"""What a run does to an item, by what kind of run it is: updates it, creates it, brings it back, puts it away."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from lib.model.plan import Change
from lib.model.run import RunKind
from lib.words.say import later


class Deed(StrEnum):
    """What becomes of an item; the words are those of reports. ARCHIVED is how an undo takes a creation back, too."""

    UPDATED = later("updated")
    CREATED = later("created")
    BROUGHT_BACK = later("brought back")
    ARCHIVED = later("archived")
    PUBLISHED = later("published")


USUAL = {
    RunKind.IMPORT: Deed.UPDATED,
    RunKind.RETRY: Deed.UPDATED,
    RunKind.UNDO: Deed.BROUGHT_BACK,
    RunKind.PUBLISH: Deed.PUBLISHED,
    RunKind.ARCHIVE: Deed.ARCHIVED,
}


def deeds_of(kind: RunKind, changes: Iterable[Change]) -> Counter[Deed]:
    """How many of these changes do what; what this kind of run does as a rule comes first."""
    found = Counter(_deed(kind, change) for change in changes)
    return Counter({deed: found[deed] for deed in (USUAL[kind], Deed.CREATED, Deed.ARCHIVED) if found[deed]})


def _deed(kind: RunKind, change: Change) -> Deed:
    if change.creates:
        return Deed.CREATED
    is_put_away = bool(change.is_archived) and not change.was_archived and not change.after
    return Deed.ARCHIVED if kind is RunKind.UNDO and is_put_away else USUAL[kind]
