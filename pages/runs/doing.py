"""What a run that goes on does to its items, in words: its figures do not tell before it has done so."""

import streamlit as st

from lib.model.run import Run
from lib.reports.deeds import USUAL, Deed, deeds_of
from pages.runs.words import any_of
from pages.shared.own_runs import runs

ING = {
    Deed.UPDATED: "updating",
    Deed.CREATED: "creating",
    Deed.BROUGHT_BACK: "bringing back",
    Deed.ARCHIVED: "archiving",
    Deed.PUBLISHED: "publishing",
}
MOST_KNOWN = 1_000  # runs


def title(run: Run) -> str:
    """`Updating`, `Creating`, `Updating and creating`."""
    return " and ".join(ING[deed] for deed in _deeds(run.id, run)).capitalize()


def done_words(run: Run) -> str:
    """`updated`, `created`, `updated or created`."""
    return any_of(_deeds(run.id, run))


def creates(run: Run) -> bool:
    """Whether it creates items."""
    return Deed.CREATED in _deeds(run.id, run)


@st.cache_data(max_entries=MOST_KNOWN, show_spinner=False)
def _deeds(run_id: str, _run: Run) -> list[Deed]:
    """Looked up once: a run is never told anything else. New items are in the first batches, all others in the last."""
    ends = sorted({1, len(_run.batches)})
    found = deeds_of(_run.kind, (change for number in ends for change in runs().batch(_run, number)[0]))
    return list(found) or [USUAL[_run.kind]]
