"""What every field type can do: read a column of text, say which values break a rule, compare, show, and write.

A field type is one object with these abilities; `lib.fields.kind_of` finds it. Everything works on whole columns
(`pd.Series`, all with the same index of row numbers). Values are Webflow's own JSON values as they are *written*
(developers.webflow.com, "Field Types & Item Values"): text, number, bool, `{"url": …}`, id, list of ids; None for
an empty or unreadable cell.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto
from typing import Any, ClassVar

import pandas as pd

from lib.fields.column import Mask, Reading, Way, each, is_empty, objects, read_by, same_by, shown_by
from lib.fields.mend import Mend
from lib.fields.usual import Values, none, unchanged
from lib.model.collection import Field, FieldType
from lib.model.item import Item
from lib.model.mapping import ReadingChoices
from lib.model.site import ONE_LANGUAGE, Languages
from lib.words.say import later

EMPTY = later("(empty)")  # what tables say where there is no value
Cell = str | int | float | bool | date | datetime  # what a cell of a spreadsheet holds; moments in the site's time


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadContext:
    """What values may refer to: the items of referenced collections (by collection id) and the site's time zone.

    `created` are those that are still to be created, by collection id too; `languages` those that all these may be in.
    `lookups` is where kinds keep what they have made of all these, by collection id.
    """

    targets: Mapping[str, Sequence[Item]] = field(default_factory=dict)
    created: Mapping[str, Sequence[Item]] = field(default_factory=dict)
    time_zone: str = "UTC"
    languages: Languages = ONE_LANGUAGE
    lookups: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    _spoken: dict[str, "ReadContext"] = field(default_factory=dict, init=False, repr=False, compare=False)

    def spoken(self, locale: str | None) -> "ReadContext":
        """The same for values of one language (None: the primary one): they refer to items that have it. Itself where
        there is only one."""
        place = locale or self.languages.primary
        if not self.languages.known:
            return self
        if place not in self._spoken:
            own = {name: _in_language(items, place) for name, items in self.targets.items()}
            created = {name: _in_language(items, place) for name, items in self.created.items()}
            self._spoken[place] = ReadContext(targets=own, created=created, time_zone=self.time_zone)
        return self._spoken[place]

    def items_of(self, collection_id: str | None) -> Sequence[Item]:
        """The items of a collection that values may refer to, those that are still to be created among them."""
        place = collection_id or ""
        targets, created = self.targets.get(place, ()), self.created.get(place, ())
        return [*targets, *created] if created else targets


def _in_language(items: Sequence[Item], locale: str) -> tuple[Item, ...]:
    return tuple(item for item in items if item.cms_locale_id == locale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A limit on values, from a field's validations: `holds` maps a column of values without None to booleans."""

    kind: str
    expected: str
    fix: str
    holds: Callable[[pd.Series], pd.Series]


class TextKind(Enum):
    """What a text is, as far as programs on its way may harm it: what it says, HTML, a link, or a code of its own."""

    PLAIN = auto()
    HTML = auto()
    LINK = auto()
    CODE = auto()


class FieldKind:
    """One Webflow field type. Below are the habits of most; a kind says where its own differ.

    `title` is what people call it, in English. `text` is what its texts are, None for values that are no texts.
    `choice` names the one of `ReadingChoices` that its columns offer. `cleared` empties a field (mostly null).
    """

    type: ClassVar[FieldType]
    title: ClassVar[str]
    text: ClassVar[TextKind | None] = None
    choice: ClassVar[str] = ""
    usual_form: ClassVar[str] = ""  # the pattern of texts that are their own values, see `lib.fields.usual`
    cleared: ClassVar[object] = None
    can_be_key: ClassVar[bool] = False  # whether items can be found by it
    is_reference: ClassVar[bool] = False  # to items of another collection, which have to be known
    is_file: ClassVar[bool] = False  # which Webflow fetches, and keeps under another address
    is_tidied: ClassVar[bool] = False  # into forms that nobody can foresee

    def __init_subclass__(cls) -> None:
        """Every kind that names its type is found by it."""
        if "type" in vars(cls):
            KINDS[cls.type] = cls()

    def read(
        self,
        texts: pd.Series,
        field: Field,
        choices: ReadingChoices,
        context: ReadContext,
        wanted: Mask | None = None,
    ) -> Reading:
        """The values that a column of texts means. `texts` is `str`, blank cells are ""; its name is the column.

        All cells count for what only a column shows, such as the order of day and month; only those that are `wanted`
        (None: all) are read, the others as if they were blank. Where none is, the column is not looked at.
        """
        if wanted is not None and not (wanted & (texts != "").to_numpy(dtype=bool)).any():
            return Reading(values=pd.Series(none(texts), index=texts.index, dtype="object"))
        return read_by(self.way(texts, field, choices, context), texts, wanted)

    def way(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> Way:
        """How a column of these texts is read."""
        return Way(parse=self.parse, usual=self.usual)

    def usual(self, texts: pd.Series) -> Values:
        """The values of texts that `parse` takes without a word, found in one pass; None for all others."""
        return unchanged(texts, self.usual_form) if self.usual_form else none(texts)

    def parse(self, text: str) -> Any:
        """What one text means, for kinds that need nothing else to read it: see `Way`."""
        raise NotImplementedError

    def rules(self, field: Field) -> tuple[Rule, ...]:
        """The limits that this field's validations set, ready to become checks of a pandera schema."""
        return ()

    def same(self, before: pd.Series, after: pd.Series) -> pd.Series:
        """Whether two columns of values mean the same, cell by cell; `before` as Webflow sends, `after` as read."""
        return same_by(before, after, self.meaning)

    def meaning(self, value: Any) -> object:
        """What is equal for two values that mean the same."""
        return str(value)

    def show(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        """Values (as Webflow sends them or as read) as the text of a Webflow export; None becomes ""."""
        return shown_by(values, str if type(self).text_of is FieldKind.text_of else self.text_of)

    def readable(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        """Values as people read them: names, words without their HTML, one thing a line; None becomes ""."""
        return self.show(values, field, context)

    def told(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        """Values as their texts, with what an export says in a column beside them; None becomes ""."""
        return self.show(values, field, context)

    def color_of(self, value: Any) -> str:
        """The colour that a value is, as `rgb(…)`; "" for none."""
        return ""

    def pictures_of(self, value: Any) -> Sequence[str]:
        """The https addresses of the images that a value is; nothing for None."""
        return ()

    def text_of(self, value: Any) -> str:
        """One value as text, for kinds that need nothing else to show it."""
        return str(value)

    def cells(self, values: pd.Series, field: Field, context: ReadContext) -> pd.Series:
        """The same as `Cell`s: what a spreadsheet keeps without loss as such a value, all else as its text."""
        shown = self.show(values, field, context)
        if not self.is_typed:
            return shown
        typed = [None if is_empty(value) else self.typed(value, field, context) for value in values]
        cells = [text if cell is None else cell for text, cell in zip(shown, typed, strict=True)]
        return pd.Series(objects(cells), index=values.index, dtype="object")

    @property
    def is_typed(self) -> bool:
        """Whether a spreadsheet knows such values as more than texts."""
        return type(self).typed is not FieldKind.typed

    def typed(self, value: Any, field: Field, context: ReadContext) -> Cell | None:
        """One value as a spreadsheet knows it; None where only its text says all of it."""
        return None

    def write(self, after: pd.Series, before: pd.Series) -> pd.Series:
        """A column of values as read from a sheet, ready to be sent in place of what the live items hold."""
        pairs = zip(after, before, strict=True)
        ready = [self.cleared if is_empty(value) else self.in_place_of(held, value) for value, held in pairs]
        return pd.Series(objects(ready), index=after.index, dtype="object")

    def in_place_of(self, held: Any, value: Any) -> Any:
        """A value, with what the one that it replaces says beyond a sheet."""
        return value

    def as_written(self, value: Any) -> Any:
        """A value that Webflow sent, ready to be sent again; empty ones as what clears the field."""
        return self.cleared if is_empty(value) else self.sendable(value)

    def sendable(self, value: Any) -> Any:
        """A value that Webflow sent, not empty, as it takes it."""
        return value

    def is_stored(self, now: pd.Series, meant: pd.Series, before: pd.Series | None = None) -> pd.Series:
        """Whether items hold what was meant, cell by cell: the value itself, or what Webflow lawfully makes of it.

        `before` is what the items held when the values were sent just now, None where that is not known.
        """
        return self.same(now, meant) | self.is_form(now, meant, before)

    def is_form(self, now: pd.Series, meant: pd.Series, before: pd.Series | None = None) -> pd.Series:
        """Whether items hold a form that Webflow lawfully makes of what was meant."""
        if type(self).is_form_of is FieldKind.is_form_of:
            return pd.Series(False, index=now.index)
        return each(now, meant, self.is_form_of)

    def is_form_of(self, kept: Any, sent: Any) -> bool:
        """The same for one value (the forms are seen in the wild, none documented)."""
        return False

    def is_later(self, now: pd.Series, before: pd.Series) -> pd.Series:
        """Whether items hold what Webflow made of the value `before` when it was sent again."""
        return pd.Series(False, index=now.index)

    def offered(self, field: Field, context: ReadContext) -> Sequence[Cell]:
        """What a spreadsheet may offer to choose from; none where anything may be written, or too much."""
        return ()

    def known(self, field: Field, context: ReadContext) -> Sequence[str]:
        """The texts that a value may be replaced by, where only some are taken; none where any may be written."""
        return ()

    def mends(self, field: Field, choices: ReadingChoices, context: ReadContext) -> Sequence[Mend]:
        """What may help where texts are not taken, the best first, beside what may help anywhere."""
        return ()

    def as_read(self, texts: pd.Series, field: Field, choices: ReadingChoices, context: ReadContext) -> pd.Series:
        """What these choices make of texts, in the form of an export; texts that are not read stay."""
        values = self.read(texts, field, choices, context).values
        return self.show(values, field, context).where(values.notna(), texts)


KINDS: dict[FieldType, FieldKind] = {}
