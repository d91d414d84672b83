"""`Mappings`: how a person matched earlier files to one collection."""

from collections.abc import Iterable
from dataclasses import dataclass

from lib.journal import mappings
from lib.journal.database import Database
from lib.model.collection import Collection
from lib.model.mapping import ColumnMapping
from lib.model.remembered import Remembered, types_of
from lib.model.settled import Settled


@dataclass(frozen=True, slots=True)
class Mappings:
    """What one person has for one collection. Everything raises `JournalUnavailable` when it cannot be had."""

    db: Database
    owner: mappings.Owner

    def all(self) -> tuple[Remembered, ...]:
        """All of them, the latest first."""
        return mappings.of(self.db, self.owner)

    def save(self, name: str, matched: ColumnMapping, collection: Collection, settled: Iterable[Settled]) -> None:
        """Keep this for the next file with the same columns; `name` is what it is called until somebody renames it."""
        mappings.save(self.db, self.owner, name, matched, types_of(matched, collection), settled)

    def rename(self, id: str, name: str) -> None:
        """Call it something else."""
        mappings.rename(self.db, self.owner, id, name)

    def forget(self, id: str) -> None:
        """Keep it no longer."""
        mappings.forget(self.db, self.owner, id)

    def forget_columns(self, matched: ColumnMapping) -> None:
        """Match the next file with these columns by their names again."""
        mappings.forget_columns(self.db, self.owner, matched)
