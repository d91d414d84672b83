"""`ItemTable`: items field by field, so that a whole column can be held against them. Every field is looked up once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np
import pandas as pd

from lib.model.item import Item

Objects = np.ndarray[Any, np.dtype[np.object_]]
Places = np.ndarray[Any, np.dtype[np.intp]]


class ItemTable(Sequence[Item]):
    """Items in their order, the first being at place 0. Place -1 stands for no item, which holds nothing."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = tuple(items)
        self._held: dict[str, Objects] = {}
        self._shown: dict[str, tuple[object, pd.Series]] = {}

    @classmethod
    def of(cls, items: Sequence[Item]) -> "ItemTable":
        """The table of these items; they themselves if they are one."""
        return items if isinstance(items, cls) else cls(items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ItemTable) and self._items == other._items

    __hash__ = None  # type: ignore[assignment]  # items hold dictionaries

    def __reduce__(self) -> tuple[type["ItemTable"], tuple[tuple[Item, ...]]]:
        """Stored as the items alone: what was looked up in them is soon looked up again."""
        return ItemTable, (self._items,)

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items)

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        return self._items[place]

    def at(self, places: Places) -> Objects:
        """The items at these places, None for none."""
        return self._all[places]

    def held(self, slug: str) -> Objects:
        """What each item holds in a field, as Webflow sent it, None where it holds nothing; and None for no item."""
        if slug not in self._held:
            self._held[slug] = _objects([item.value(slug) for item in self._items])
        return self._held[slug]

    def shown(self, slug: str, basis: object, show: Callable[[pd.Series], pd.Series]) -> pd.Series:
        """What `show` makes of what each item holds in a field, and of nothing at the end; made once for a `basis`."""
        if slug not in self._shown or self._shown[slug][0] is not basis:
            self._shown[slug] = basis, show(pd.Series(self.held(slug), dtype="object"))
        return self._shown[slug][1]

    @cached_property
    def _all(self) -> Objects:
        return _objects(list(self._items))


def _objects(values: list[Any]) -> Objects:
    """The values, and None at the end, where place -1 is."""
    return np.fromiter([*values, None], dtype=object, count=len(values) + 1)
