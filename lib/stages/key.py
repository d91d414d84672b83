"""Finding the items: by Item ID, slug, name, or any other text field; exactly, and by what the person accepted."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from lib.fields import kind_of
from lib.fields.characters import seen
from lib.fields.usual import SIGNS
from lib.model.collection import Collection
from lib.model.item import Item
from lib.model.item_table import ItemTable, Places
from lib.model.mapping import ColumnMapping, Match, Role
from lib.model.problem import Problem
from lib.model.sheet import Sheet
from lib.model.site import ONE_LANGUAGE, Languages
from lib.stages.found import Found
from lib.stages.row_languages import UNKNOWN, no_such_language, row_languages
from lib.stages.suggest import Suggester, Suggestion
from lib.words.say import later, say

USUAL = f"(?:[{SIGNS}](?:[{SIGNS} ]*[{SIGNS}])?)?"  # texts that are their own form
Items = Sequence[Item]
PREFERRED = ("slug", "name")
LACKS_THE_LANGUAGE = later("The item is there, but not in this language. Let the row add it, or leave the row out.")
OF_AN_ID = later("Correct it. If the item was deleted, empty this cell, and the row can create a new one.")


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
    sheet: Sheet, mapping: ColumnMapping, collection: Collection, items: Items, languages: Languages = ONE_LANGUAGE
) -> ColumnMapping:
    """The mapping with the first candidate that finds an item for at least one row; the first one if none does."""
    candidates = [replace(mapping, key_column=column) for column in key_candidates(mapping, collection)]
    finding = (candidate for candidate in candidates if find_items(sheet, candidate, items, languages).matched)
    return next(finding, candidates[0] if candidates else replace(mapping, key_column=None))


def with_key(
    sheet: Sheet, mapping: ColumnMapping, collection: Collection, items: Items, languages: Languages = ONE_LANGUAGE
) -> ColumnMapping:
    """The mapping with its key column, or with another one where that finds items no longer."""
    if mapping.key_column in key_candidates(mapping, collection):
        return mapping
    return choose_key(sheet, replace(mapping, accepted_keys=()), collection, items, languages)


def find_items(sheet: Sheet, mapping: ColumnMapping, items: Items, languages: Languages = ONE_LANGUAGE) -> Found:
    """The item of every row, in the row's own language, see `lib.stages.row_languages`.

    A text finds the item that has exactly this text, blanks around it, Unicode forms and what nobody sees aside.
    Rows that share an item are all refused: nobody can know which one is right.
    """
    key, rows, table = mapping.key, sheet.frame.index, ItemTable.of(items)
    spoken = row_languages(sheet, mapping, languages)
    if key is None:
        return Found(rows=rows, table=table, places=np.full(len(rows), -1), problems=(), spoken=spoken)
    texts = _key_texts(sheet.frame[key.column], key)
    places, several = _looked_up(key, texts, spoken, table, dict(mapping.accepted_keys))
    taken, is_foreign = pd.Series(places, index=rows), spoken == UNKNOWN
    repeated = taken.duplicated(keep=False) & (taken >= 0)
    is_blank = (texts == "") & ~is_foreign
    is_unfound = (taken < 0) & ~several & ~is_foreign
    lacking = texts[is_unfound & ~is_blank]
    not_found, suggestions = _not_found(key, lacking, _spoken_by(table, spoken[is_unfound]), table)
    problems = (
        no_such_language(sheet, mapping, rows[is_foreign], languages),
        not_found,
        _several(key, texts[several]),
        _repeated(key, texts[repeated], taken[repeated]),
        _blank(key, texts[is_blank]),
    )
    return Found(
        rows=rows,
        table=table,
        places=np.where(repeated, -1, places),
        problems=tuple(problem for problem in problems if problem.rows),
        spoken=spoken,
        suggestions=suggestions,
        repeated=tuple(tuple(map(int, rows)) for rows in taken[repeated].groupby(taken[repeated]).groups.values()),
        shared=frozenset(map(int, taken[repeated])),
        unfound=frozenset(map(int, rows[is_unfound])),
    )


def _spoken_by(table: ItemTable, locales: pd.Series) -> list[Item]:
    """The items in these languages."""
    spoken = set(locales)
    return [item for item in table if spoken & {"", item.cms_locale_id}]


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


def _looked_up(
    key: Match, texts: pd.Series, locales: pd.Series, table: ItemTable, accepted: Mapping[str, str]
) -> tuple[Places, pd.Series]:
    """The place of the one item of its language that each text means, -1 for none; whether it means several."""
    places, several = np.full(len(texts), -1), pd.Series(False, index=texts.index)
    for locale in locales.drop_duplicates():
        here = (locales == locale).to_numpy(dtype=bool)
        own = [place for place, item in enumerate(table) if locale in ("", item.cms_locale_id)]
        exact, ambiguous = _by_form(key, table, own)
        wanted = set(accepted.values())
        meant = {table[place].id: place for place in own if table[place].id in wanted} if wanted else {}
        said = {text: meant.get(item_id, -1) for text, item_id in accepted.items() if text not in ambiguous}
        by_text = said | exact
        places[here] = [by_text.get(text, -1) for text in texts[here]]
        several |= here & texts.isin(ambiguous)
    return places, several


def _by_form(key: Match, table: ItemTable, own: Sequence[int]) -> tuple[dict[str, int], dict[str, int]]:
    """The items at these places by the form of their text: those that have it alone, and how many share one."""
    forms = _key_texts(pd.Series([_key_value(table[place], key) for place in own], dtype="str"), key).tolist()
    by_form = dict(zip(forms, own, strict=True))
    by_form.pop("", None)
    if len(by_form) == len(own):
        return by_form, {}
    different = dict.fromkeys((form, table[place].id) for form, place in zip(forms, own, strict=True) if form)
    shared = {form: number for form, number in Counter(form for form, _ in different).items() if number > 1}
    return {form: place for form, place in by_form.items() if form not in shared}, shared


def _key_value(item: Item, key: Match) -> str:
    return item.id if key.role is Role.ITEM_ID else str(item.field_data.get(key.field_slug or "") or "")


def _not_found(key: Match, texts: pd.Series, items: Items, table: ItemTable) -> tuple[Problem, tuple[Suggestion, ...]]:
    """The rows without an item, and which item each different text may mean. Ids mean only themselves."""
    distinct = [] if key.role else list(texts.drop_duplicates())
    there = {item.id.lower() for item in table} if key.role else set()  # in some language
    names = {item.id: _key_value(item, key) for item in items} if distinct else {}
    suggester = Suggester((item_id, name) for item_id, name in names.items() if name)
    looked = {text: suggester.look(text) for text in distinct}
    problem = Problem(
        kind=later("Item not found"),
        expected=say("a value that an item of the collection has, in this language"),
        fix=[_of_an_id(text, there) if key.role else _advice(*looked.get(text, (None, ()))) for text in texts],
        column=key.column,
        rows=tuple(texts.index),
        values=tuple(texts),
    )
    offered = ((text, item_id) for text, (item_id, _) in looked.items() if item_id)
    return problem, tuple(Suggestion(text=text, item_id=item_id) for text, item_id in offered)


def _of_an_id(text: str, there: Container[str]) -> str:
    return say(LACKS_THE_LANGUAGE) if text in there else say(OF_AN_ID)


def _advice(offered: str | None, names: Sequence[str]) -> str:
    if not names:
        return say("Correct it, or let this row create a new item.")
    listed = ", ".join(say("“{name}”", name=name) for name in names)
    if offered:
        return say("Did you mean {names}? Say so on the Match page, or correct it.", names=listed)
    return say("Did you mean {names}?", names=listed)


def _several(key: Match, texts: pd.Series) -> Problem:
    return Problem(
        kind=later("Several items found"),
        expected=say("a value that only one item has"),
        fix=say("Several items share this value. Use the Item ID or the slug to tell them apart."),
        column=key.column,
        rows=tuple(texts.index),
        values=tuple(texts),
    )


def _repeated(key: Match, texts: pd.Series, places: pd.Series) -> Problem:
    rows = {place: list(group.index) for place, group in places.groupby(places)}
    return Problem(
        kind=later("Same item twice"),
        expected=say("one row for each item"),
        fix=[_others(row, rows[place]) for row, place in places.items()],
        column=key.column,
        rows=tuple(texts.index),
        values=tuple(texts),
    )


def _others(row: object, rows: list[object]) -> str:
    others = ", ".join(str(other) for other in rows[:6] if other != row)
    return say("Row {rows} is about the same item. Keep only one of them.", rows=others)


def _blank(key: Match, texts: pd.Series) -> Problem:
    return Problem(
        kind=later("No value to find the item"),
        expected=say("a value in the column that finds the item"),
        fix=say("Fill in the cell, or leave the row out."),
        column=key.column,
        rows=tuple(texts.index),
        values=tuple(texts),
    )
