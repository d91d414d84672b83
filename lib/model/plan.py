"""`Plan`: the decision on every row, the changes to send, and the choices they are sent with."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import pandas as pd

from lib.model.new_item import is_new
from lib.model.row_status import RowStatus


class LeaveOut(StrEnum):
    """What happens to rows with errors. ROWS are left out whole; of those that can do without their wrong CELLS only
    these, see `lib.stages.wrong_cells`."""

    NOTHING = "nothing"
    ROWS = "rows"
    CELLS = "cells"


class StatusChoice(StrEnum):
    """What the changed items' status becomes. KEEP sends no status at all."""

    KEEP = "keep"
    DRAFT = "draft"
    READY = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendChoices:
    """How a plan is sent. `live` also publishes each change at once. `new_as_drafts`: created items wait as drafts,
    else they go out with the site's next publishing; nothing is created live. `without_refused_files`: where Webflow
    refuses only an image or file, the rest of the row is sent without it, and that is told."""

    status: StatusChoice = StatusChoice.KEEP
    live: bool = False
    new_as_drafts: bool = True
    without_refused_files: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One item that will change: only the fields that differ, before and after, as Webflow's JSON values.

    None in `after` clears the field. `is_draft` / `is_archived` are None when the flag is not to be sent; `was_draft`
    / `was_archived` are the item's flags before. `seen_on` is when the item had last been updated as we compared it.
    An item that is to be created has a `lib.model.new_item` id, nothing before, and all its values after, with a name
    and a slug; references in `after` may name such items too, by the same ids. `is_variant`: the item is there, and is
    to be created in this language, with what is not to follow the primary one in `after`.
    """

    row: int
    item_id: str
    cms_locale_id: str | None
    item_name: str
    before: Mapping[str, object] = field(default_factory=dict)
    after: Mapping[str, object] = field(default_factory=dict)
    is_draft: bool | None = None
    is_archived: bool | None = None
    was_draft: bool = False
    was_archived: bool = False
    seen_on: datetime | None = None
    is_variant: bool = False

    @property
    def key(self) -> tuple[str, str | None]:
        """The item in its language: id and CMS locale id."""
        return self.item_id, self.cms_locale_id

    @property
    def is_new(self) -> bool:
        """Whether it creates its item, which has no id yet."""
        return is_new(self.item_id)

    @property
    def only_archives(self) -> bool:
        """Whether it puts its item away and does nothing else."""
        return self.is_archived is True and self.is_draft is None and not self.after

    @property
    def creates(self) -> bool:
        """Whether it creates its item, or the language of it."""
        return self.is_new or self.is_variant


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A cell given in place: what to send instead of the value that failed. `field` is a slug."""

    row: int
    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What will happen to each row of the sheet.

    `statuses` has one `RowStatus` per row, `reasons` says why in words (for updates what is left out of them, "" for
    nothing), `item_ids` names the item a row found ("" for none); all three are indexed by the sheet's row numbers.
    `changes` are the rows with `RowStatus.WILL_CREATE` and `RowStatus.WILL_UPDATE`: new items first, each after those
    that it refers to, then the others in the order of rows.
    """

    changes: tuple[Change, ...]
    statuses: pd.Series
    reasons: pd.Series
    item_ids: pd.Series

    @property
    def counts(self) -> Counter[RowStatus]:
        """How many rows have each status; they add up to the rows of the sheet."""
        return Counter(map(RowStatus, self.statuses))


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Changes that travel in one request; `number` counts from 1."""

    number: int
    changes: tuple[Change, ...]
