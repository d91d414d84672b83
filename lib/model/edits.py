"""`Edits`: what a person changed in the sheet, step by step, each of which can be taken back and made again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lib.model.settled import Settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One step, with the words for it.

    `texts` are new texts of cells, by column and row number; `kept` are, by column, the rows whose cell is not sent,
    so that the item keeps what it holds; `left_out` are rows that are left out whole. `settled` is the decision about a
    text that made it so.
    """

    what: str
    texts: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    kept: Mapping[str, frozenset[int]] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()
    settled: Settled | None = None

    @property
    def size(self) -> int:
        """How many cells or rows it is about."""
        return sum(map(len, self.texts.values())) + sum(map(len, self.kept.values())) + len(self.left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """The steps that count, the oldest first, and those that were taken back, the first to be made again last."""

    done: tuple[Edit, ...] = ()
    undone: tuple[Edit, ...] = ()

    def and_then(self, *edits: Edit) -> "Edits":
        """One step more, or several; what was taken back before cannot be made again."""
        return Edits(done=(*self.done, *edits))

    def undo(self) -> "Edits":
        """Without the last step."""
        return replace(self, done=self.done[:-1], undone=(*self.undone, *self.done[-1:]))

    def redo(self) -> "Edits":
        """With the step that was taken back last."""
        return replace(self, done=(*self.done, *self.undone[-1:]), undone=self.undone[:-1])

    @property
    def characters(self) -> int:
        """How much new text they hold, cell by cell."""
        return sum(len(text) for edit in self.done for texts in edit.texts.values() for text in texts.values())

    @property
    def texts(self) -> Mapping[str, Mapping[int, str]]:
        """The new texts by column and row."""
        found: dict[str, dict[int, str]] = {}
        for edit in self.done:
            for column, texts in edit.texts.items():
                found.setdefault(column, {}).update(texts)
        return {column: texts for column, texts in found.items() if texts}

    @property
    def kept(self) -> Mapping[str, frozenset[int]]:
        """The cells that are not sent, by column; one that got a new text later on is."""
        found: dict[str, frozenset[int]] = {}
        for edit in self.done:
            for column in {*edit.texts, *edit.kept}:
                rows = found.get(column, frozenset()) - edit.texts.get(column, {}).keys()
                found[column] = rows | edit.kept.get(column, frozenset())
        return {column: rows for column, rows in found.items() if rows}

    @property
    def settled(self) -> tuple[Settled, ...]:
        """What was decided about texts, the latest about each."""
        decided = {(edit.settled.column, edit.settled.text): edit.settled for edit in self.done if edit.settled}
        return tuple(decided.values())

    @property
    def left_out(self) -> frozenset[int]:
        """The rows that are left out whole."""
        return frozenset[int]().union(*(edit.left_out for edit in self.done))
