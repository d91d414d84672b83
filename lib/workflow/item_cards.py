"""A plan item by item: each with its changed fields, as people read them. Made for the few items that are shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from lib.fields import kind_of
from lib.fields.base import TextKind
from lib.fields.column import is_empty
from lib.model.effect import Effect, Risk
from lib.model.piece import Piece
from lib.stages.row_languages import by_language
from lib.stages.word_diff import LINE, WORD, shortened, word_diff
from lib.workflow.planning import Planned

READ_BY_WORDS = (TextKind.PLAIN, TextKind.HTML)
STATUS = ""  # the slug of what is no field


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedField:
    """One field of an item, now beside after.

    `pieces` are what is read of both, with nothing ADDED or GONE where only the HTML changes. `html` is rich text as it
    is now and after, None for other values; `colors` are those of colours, "" for none, and `pictures` the addresses of
    images.
    """

    name: str
    effect: Effect
    risk: Risk | None
    pieces: tuple[Piece, ...]
    html: tuple[str, str] | None = None
    colors: tuple[str, str] = ("", "")
    pictures: tuple[Sequence[str], Sequence[str]] = ((), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An item with those of its changes that are looked at; `unseen` is how many others it has. `is_new`: it is
    created, with nothing before. `language` is "" on a site with only one."""

    row: int
    item: str
    language: str
    is_new: bool
    fields: tuple[ChangedField, ...]
    unseen: int


def rows_of(planned: Planned, lines: pd.DataFrame, *, by_size: bool) -> Sequence[int]:
    """The rows that these lines of the table of changes are about, each once; `by_size`: the largest first."""
    if not by_size:
        return list(lines["row"].unique())
    sizes = planned.sizes[lines.index].groupby(lines["row"], sort=False).sum()
    return list(sizes.sort_values(ascending=False, kind="stable").index)


def cards(planned: Planned, lines: pd.DataFrame, rows: Sequence[int]) -> list[Card]:
    """The items of these rows, with those of their changes that are in `lines`."""
    here = lines[lines["row"].isin(rows)].sort_index()
    read = pd.concat([_read(planned, str(slug), part) for slug, part in here.groupby("slug")])[here.index]
    in_all = planned.changes["row"]
    numbers = in_all[in_all.isin(rows)].value_counts()
    places = here.groupby("row").groups
    return [
        Card(
            row=int(row),
            item=str(here["item"][places[row][0]]),
            language=planned.matched.languages.name_of(planned.by_row[row].cms_locale_id),
            is_new=row in planned.new_rows,
            fields=tuple(read[places[row]]),
            unseen=int(numbers[row]) - len(places[row]),
        )
        for row in rows
    ]


def _read(planned: Planned, slug: str, lines: pd.DataFrame) -> pd.Series:
    """The changes of one field in several items, by line."""
    if slug == STATUS:
        found = [_field(line, _was(line), str(line.after), WORD) for line in lines.itertuples()]
        return pd.Series(found, index=lines.index, dtype="object")
    field = planned.matched.collection.field(slug)
    kind, context = kind_of(field.type), planned.matched.context
    changes = [planned.by_row[row] for row in lines["row"]]
    held = pd.Series([change.before.get(slug) for change in changes], index=lines.index, dtype="object")
    sent = pd.Series([change.after[slug] for change in changes], index=lines.index, dtype="object")
    now, after = (
        by_language(kind.readable, values, field, context, lambda: [change.cms_locale_id for change in changes])
        for values in (held, sent)
    )
    is_html = kind.text is TextKind.HTML
    if not is_html:  # two things of one name are told apart as an export does
        now, after = now.mask(now == after, lines["now"]), after.mask(now == after, lines["after"])
    unit = WORD if kind.text in READ_BY_WORDS else LINE
    found = [
        replace(
            _field(line, *texts, unit),
            html=_html(line) if is_html else None,
            colors=(kind.color_of(was) if was is not None else "", kind.color_of(will) if will is not None else ""),
            pictures=(kind.pictures_of(was), kind.pictures_of(will)),
        )
        for line, texts, was, will in zip(
            lines.itertuples(), zip(now, after, strict=True), _or_none(held), _or_none(sent), strict=True
        )
    ]
    return pd.Series(found, index=lines.index, dtype="object")


def _field(line: Any, now: str, after: str, unit: re.Pattern[str]) -> ChangedField:
    return ChangedField(
        name=line.field,
        effect=Effect(line.effect),
        risk=Risk(line.risk) if line.risk else None,
        pieces=shortened(word_diff(now, after, unit)),
    )


def _was(line: Any) -> str:
    """The status now, "" for an item that there is not."""
    return "" if Effect(line.effect) is Effect.NEW else str(line.now)


def _html(line: Any) -> tuple[str, str]:
    """Rich text as it is now and after, "" for none."""
    effect = Effect(line.effect)
    return "" if effect is Effect.NEW else line.now, "" if effect is Effect.ERASED else line.after


def _or_none(values: pd.Series) -> list[Any]:
    return [None if is_empty(value) else value for value in values]
