"""Finding the items: by Item ID, slug, name, or any other text field; exactly, and by what the person accepted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from lib.fields import kind_of
from lib.fields.characters import seen
from lib.fields.usual import SIGNS
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.mapping import ColumnMapping, Match, Role
from lib.model.problem import Problem
from lib.model.sheet import Sheet
from lib.stages.suggest import Suggester, Suggestion

USUAL = f"(?:[{SIGNS}](?:[{SIGNS} ]*[{SIGNS}])?)?"  # texts that are their own form
PREFERRED = ("slug", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The `Item` of each row, None for none, by row number; why rows found none, as problems.

    `suggestions` say which items texts may mean that no item has exactly.
    """

    items: pd.Series
    problems: tuple[Problem, ...]
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def matched(self) -> int:
        """Rows that found exactly one item, and share it with no other row."""
        return int(self.items.notna().sum())

    @property
    def unmatched(self) -> Mapping[str, int]:
        """How many rows found none, by kind of problem."""
        return {problem.kind: len(problem.rows) for problem in self.problems}


def key_candidates(mapping: ColumnMapping, collection: Collection) -> tuple[str, ...]:
    """Columns that can find items, the best first: Item ID, slug, name, then other plain text."""
    matched = [match for match in mapping.matches if match.field_slug]
    texts = [match for match in matched if kind_of(collection.field(match.field_slug or "").type).can_be_key]
    ids = [match for match in mapping.matches if match.role is Role.ITEM_ID]
    ordered = sorted(
        texts, key=lambda m: PREFERRED.index(m.field_slug) if m.field_slug in PREFERRED else len(PREFERRED)
    )
    return tuple(match.column for match in (*ids, *ordered))


def choose_key(
    sheet: Sheet, mapping: ColumnMapping, collection: Collection, items: Sequence[Item], locale: str | None = None
) -> ColumnMapping:
    """The mapping with the first candidate that finds an item for at least one row; the first one if none does."""
    candidates = [replace(mapping, key_column=column) for column in key_candidates(mapping, collection)]
    problem = (candidate for candidate in candidates if find_items(sheet, candidate, items, locale).matched)
    return next(problem, candidates[0] if candidates else replace(mapping, key_column=None))


def with_key(
    sheet: Sheet, mapping: ColumnMapping, collection: Collection, items: Sequence[Item], locale: str | None = None
) -> ColumnMapping:
    """The mapping with its key column, or with another one where that finds items no longer."""
    if mapping.key_column in key_candidates(mapping, collection):
        return mapping
    return choose_key(sheet, replace(mapping, accepted_keys=()), collection, items, locale)


def find_items(sheet: Sheet, mapping: ColumnMapping, items: Sequence[Item], locale: str | None = None) -> Found:
    """The item of every row, in the row's own language: its Locale ID, else `locale` (None: the site has only one).

    A text finds the item that has exactly this text, blanks around it, Unicode forms and what nobody sees aside.
    Rows that share an item are all refused: nobody can know which one is right.
    """
    key = mapping.key
    rows = sheet.frame.index
    if key is None:
        return Found(items=pd.Series([None] * len(rows), index=rows, dtype="object"), problems=())
    texts = _key_texts(sheet.frame[key.column], key)
    answers = _answers(key, texts, row_locales(sheet, mapping, locale), items, dict(mapping.accepted_keys))
    single = [one[0] if len(one) == 1 else None for one in answers]
    places = pd.Series([f"{item.id} {item.cms_locale_id}" if item else "" for item in single], index=rows, dtype="str")
    repeated = places.duplicated(keep=False) & (places != "")
    counts = pd.Series([len(one) for one in answers], index=rows).where(texts != "")
    not_found, suggestions = _not_found(key, texts[counts == 0], items)
    problems = (
        not_found,
        _several(key, texts[counts > 1]),
        _repeated(key, texts[repeated], places[repeated]),
        _blank(key, texts[texts == ""]),
    )
    found = pd.Series([None if twice else item for item, twice in zip(single, repeated, strict=True)], index=rows)
    return Found(
        items=found.astype("object"),
        problems=tuple(problem for problem in problems if problem.rows),
        suggestions=suggestions,
    )


def row_locales(sheet: Sheet, mapping: ColumnMapping, locale: str | None) -> pd.Series:
    """The CMS locale id that each row is about; "" everywhere on a site with one language."""
    match = mapping.of_role(Role.LOCALE_ID)
    if locale is None or match is None:
        return pd.Series(locale or "", index=sheet.frame.index, dtype="str")
    texts = sheet.frame[match.column].str.strip()
    return texts.mask(texts == "", locale)


def _key_texts(texts: pd.Series, key: Match) -> pd.Series:
    """The forms of texts, see `_key_form`; most of them are their own."""
    odd = ~texts.str.fullmatch(USUAL)
    if odd.any():
        texts = texts.mask(odd, pd.Series([_key_form(text, key) for text in texts[odd]], texts.index[odd], dtype="str"))
    return texts.str.lower() if key.role is Role.ITEM_ID else texts


def _key_form(text: str, key: Match) -> str:
    """The form in which a text of the file and that of an item are the same; ids are in small letters."""
    form = seen(text).replace("\r\n", "\n")
    return form.lower() if key.role is Role.ITEM_ID else form


def _answers(
    key: Match, texts: pd.Series, locales: pd.Series, items: Sequence[Item], accepted: Mapping[str, str]
) -> list[tuple[Item, ...]]:
    """For each row, the items of its language that its text means; every distinct text is looked up once."""
    known: dict[tuple[str, str], tuple[Item, ...]] = {}
    for locale in locales.drop_duplicates():
        own = [item for item in items if locale in ("", item.cms_locale_id)]
        meant = set(accepted.values())
        by_id = {item.id: (item,) for item in own if item.id in meant}
        by_text: dict[str, dict[str, Item]] = {}
        forms = _key_texts(pd.Series([_key_value(item, key) for item in own], dtype="str"), key)
        for form, item in zip(forms, own, strict=True):
            by_text.setdefault(form, {})[item.id] = item
        for text in texts[locales == locale].drop_duplicates():
            exact = tuple(by_text.get(text, {}).values()) if text else ()
            known[(locale, text)] = exact or by_id.get(accepted.get(text, ""), ())
    return [known[place] for place in zip(locales, texts, strict=True)]


def _key_value(item: Item, key: Match) -> str:
    return item.id if key.role is Role.ITEM_ID else str(item.field_data.get(key.field_slug or "") or "")


def _not_found(key: Match, texts: pd.Series, items: Sequence[Item]) -> tuple[Problem, tuple[Suggestion, ...]]:
    """The rows without an item, and which item each different text may mean. Ids mean only themselves."""
    distinct = [] if key.role else list(texts.drop_duplicates())
    names = {item.id: _key_value(item, key) for item in items} if distinct else {}
    suggester = Suggester((item_id, name) for item_id, name in names.items() if name)
    looked = {text: suggester.look(text) for text in distinct}
    problem = Problem(
        kind="Item not found",
        expected="a value that an item of the collection has, in this language",
        fix=[_advice(*looked.get(text, (None, ()))) for text in texts],
        column=key.column,
        rows=tuple(texts.index),
        values=tuple(texts),
    )
    offered = ((text, item_id) for text, (item_id, _) in looked.items() if item_id)
    return problem, tuple(Suggestion(text=text, item_id=item_id) for text, item_id in offered)


def _advice(offered: str | None, names: Sequence[str]) -> str:
    if not names:
        return "Correct it, or create the item in Webflow first."
    question = f"Did you mean {', '.join(f'“{name}”' for name in names)}?"
    return f"{question} Say so on the Match page, or correct it." if offered else question


def _several(key: Match, texts: pd.Series) -> Problem:
    return Problem(
        kind="Several items found",
        expected="a value that only one item has",
        fix="Several items share this value. Use the Item ID or the slug to tell them apart.",
        column=key.column,
        rows=tuple(texts.index),
        values=tuple(texts),
    )


def _repeated(key: Match, texts: pd.Series, places: pd.Series) -> Problem:
    rows = {place: list(group.index) for place, group in places.groupby(places)}
    return Problem(
        kind="Same item twice",
        expected="one row for each item",
        fix=[_others(row, rows[place]) for row, place in places.items()],
        column=key.column,
        rows=tuple(texts.index),
        values=tuple(texts),
    )


def _others(row: object, rows: list[object]) -> str:
    others = ", ".join(str(other) for other in rows[:6] if other != row)
    return f"Row {others} is about the same item. Keep only one of them."


def _blank(key: Match, texts: pd.Series) -> Problem:
    return Problem(
        kind="No value to find the item",
        expected="a value in the column that finds the item",
        fix="Fill in the cell, or leave the row out.",
        column=key.column,
        rows=tuple(texts.index),
        values=tuple(texts),
    )
