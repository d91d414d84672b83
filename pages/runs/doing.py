"""What a run that goes on does to its items, in words: its figures do not tell before it has done so."""

from lib.model.run import Run
from lib.reports.deeds import USUAL, Deed, deeds_of
from lib.words.say import later, say, say_many
from pages.runs.words import all_of, any_of
from pages.shared import visit
from pages.shared.own_runs import runs

ING = {
    Deed.UPDATED: later("updating"),
    Deed.CREATED: later("creating"),
    Deed.BROUGHT_BACK: later("bringing back"),
    Deed.ARCHIVED: later("archiving"),
    Deed.PUBLISHED: later("publishing"),
}


def title(run: Run) -> str:
    """`Updating 312 items`, `Updating and creating 312 items`."""
    doing = all_of(say(ING[deed]) for deed in _deeds(run))
    told = say_many(run.change_count, "{doing} {number:,} item", "{doing} {number:,} items", doing=doing)
    return told[:1].upper() + told[1:]


def done_words(run: Run) -> str:
    """`updated`, `created`, `updated or created`."""
    return any_of(_deeds(run))


def creates(run: Run) -> bool:
    """Whether it creates items."""
    return Deed.CREATED in _deeds(run)


def _deeds(run: Run) -> list[Deed]:
    """Looked up once: a run is never told anything else. New items are in the first batches, all others in the last."""
    known = visit.current().deeds
    if run.id not in known:
        ends = sorted({1, len(run.batches)})
        found = deeds_of(run.kind, (change for number in ends for change in runs().batch(run, number)[0]))
        known[run.id] = list(found) or [USUAL[run.kind]]
    return known[run.id]
