"""`Draft`: an import that was begun and not sent, as it is listed; `Work`: all that a person did in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lib.model.collection import FieldType
from lib.model.edits import Edits
from lib.model.mapping import ColumnMapping
from lib.model.plan import LeaveOut, SendChoices


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What it is about. `step` is the title of the page that was reached; `rows` of the file, 0 before it was read."""

    id: str
    site_id: str
    site_name: str
    collection_id: str
    collection_name: str
    file_name: str
    rows: int
    step: str
    is_demo: bool
    saved_on: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """How the file is read (what was chosen of tab, header_row, encoding, delimiter), matched, mended and sent.

    `left_out` are the rows whose items are left out of the plan by hand. `types` are those of the fields that are fed,
    by slug. `creates`: rows without an item create one. `locale_id`, `mapping` and `leave_out` are None until they were
    chosen.
    """

    reading: Mapping[str, str | int | None] = field(default_factory=dict)
    locale_id: str | None = None
    mapping: ColumnMapping | None = None
    types: Mapping[str, FieldType] = field(default_factory=dict)
    edits: Edits = field(default_factory=Edits)
    creates: bool = False
    leave_out: LeaveOut | None = None
    left_out: frozenset[int] = frozenset()
    choices: SendChoices = field(default_factory=SendChoices)
    read_back: bool = True
