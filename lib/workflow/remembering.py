"""What is kept of an import for the next file with the same columns: its mapping, and the decisions about values."""

from collections.abc import Iterable

from lib.model.mapping import ColumnMapping
from lib.model.settled import Settled
from lib.stages.reuse import for_other_files, is_decided
from lib.workflow.matching import Matched


def to_keep(matched: Matched) -> tuple[ColumnMapping, tuple[Settled, ...]] | None:
    """What is true of other files too; None where nobody had a say: the names of the columns tell that anyway."""
    settled = _decided(matched)
    if settled or is_decided(matched.mapping, matched.before.sheet, matched.collection):
        return for_other_files(matched.mapping), settled
    return None


def _decided(matched: Matched) -> tuple[Settled, ...]:
    """The latest decision about each text: of this file, or else of earlier ones."""
    earlier: Iterable[Settled] = matched.reused.settled if matched.reused else ()
    latest = {(one.column, one.text): one for one in (*earlier, *matched.before.edits.settled)}
    return tuple(latest.values())
