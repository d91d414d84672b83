"""How this visitor matched earlier files. Without the records, nothing is remembered, and nobody is held up by that."""

from collections.abc import Sequence
from contextlib import suppress

from lib.errors import JournalUnavailable
from lib.model.remembered import Remembered
from lib.workflow import remembering
from lib.workflow.destination import Chosen
from lib.workflow.matching import Matched
from pages.shared.own_runs import runs
from pages.shared.visit import Visit


def known(state: Visit) -> Sequence[Remembered]:
    """All for the collection at hand, the latest first."""
    with suppress(JournalUnavailable):
        return runs().mappings(state.way_in, state.journey.at(Chosen).collection).all()
    return ()


def remember(state: Visit) -> None:
    """Keep how this file was matched and what was decided about its values, where a person had a say in it."""
    with suppress(JournalUnavailable):
        matched = state.journey.at(Matched)
        mappings = runs().mappings(state.way_in, matched.collection)
        if (kept := remembering.to_keep(matched)) is None:
            mappings.forget_columns(matched.mapping)
        else:
            mapping, settled = kept
            mappings.save(matched.before.sheet.source.file_name, mapping, matched.collection, settled)
