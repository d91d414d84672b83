"""Whose a run is, and who may do what with it: everything, or only see how far it is."""

from collections.abc import Collection
from enum import StrEnum

from lib.model.run import Run


class Access(StrEnum):
    """What somebody with the address of a run may do.

    EVERYTHING: see its values, take its files, pause, stop, resume, publish, undo. HEADLINE: see that it exists and
    how far it is: no name, no value, no file, no button. NOTHING: not even that, since its person signed in.
    """

    EVERYTHING = "everything"
    HEADLINE = "headline"
    NOTHING = "nothing"


def access_to(run: Run, persons: Collection[str]) -> Access:
    """What somebody who is all of these `persons` (fingerprints of a signed-in name or of tokens) may do.

    The address alone is no proof of anything: it is copied, shared, and kept in histories.
    """
    if run.person in persons:
        return Access.EVERYTHING
    return Access.NOTHING if run.who else Access.HEADLINE
