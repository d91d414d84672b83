"""What a run that goes on does to its items, in words: its figures do not tell before it has done so."""

from lib.model.run import Run
from lib.reports.deeds import USUAL, Deed, deeds_of
from pages.runs.words import any_of
from pages.shared import visit
from pages.shared.own_runs import runs

ING = {
    Deed.UPDATED: "updating",
    Deed.CREATED: "creating",
    Deed.BROUGHT_BACK: "bringing back",
    Deed.ARCHIVED: "archiving",
    Deed.PUBLISHED: "publishing",
}


def title(run: Run) -> str:
    """`Updating`, `Creating`, `Updating and creating`."""
    return " and ".join(ING[deed] for deed in _deeds(run)).capitalize()


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
