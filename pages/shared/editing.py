"""Changing the sheet from a page: called back by its buttons, so that the page is drawn once, with the change."""

from lib.model.edits import Edit, Edits
from lib.stages.read.limits import check_growth
from lib.workflow.destination import Uploaded
from pages.shared import frame
from pages.shared.visit import Visit


def then(state: Visit, *edits: Edit) -> None:
    """Some steps more."""
    apply(state, state.journey.at(Uploaded).edits.and_then(*edits))


@frame.in_words()
def apply(state: Visit, edits: Edits) -> None:
    """These steps instead of those before, unless they hold too much; what was checked is checked again."""
    check_growth(edits.characters)
    state.keep(state.journey.edit(edits))
