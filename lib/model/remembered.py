"""`Remembered`: how a person matched a file and settled its values, kept for the next file with the same columns."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from lib.model.collection import Collection, FieldType
from lib.model.mapping import ColumnMapping
from lib.model.settled import Settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """The mapping, the decisions about values, and what the person calls it. `types` are those that its fields had, by
    slug; `saved_on`: when it was last used."""

    id: str
    name: str
    mapping: ColumnMapping
    types: Mapping[str, FieldType]
    settled: tuple[Settled, ...]
    saved_on: datetime


def signature(columns: Iterable[str]) -> str:
    """The same for the same columns in any order."""
    return hashlib.sha256("\n".join(sorted(columns)).encode("utf-8", "replace")).hexdigest()


def types_of(mapping: ColumnMapping, collection: Collection) -> dict[str, FieldType]:
    """The types of the fields that are fed."""
    fed = {match.field_slug for match in mapping.matches}
    return {field.slug: field.type for field in collection.fields if field.slug in fed}
