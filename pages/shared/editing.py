"""Changing the sheet from a page: called back by its buttons, so that the page is drawn once, with the change."""

from lib.model.edits import Edit, Edits
from lib.workflow.destination import Uploaded
from pages.shared.visit import Visit


def then(state: Visit, *edits: Edit) -> None:
    """Some steps more."""
    apply(state, state.journey.at(Uploaded).edits.and_then(*edits))


def apply(state: Visit, edits: Edits) -> None:
    """These steps instead of those before; what was checked is checked again."""
    state.keep(state.journey.edit(edits))
