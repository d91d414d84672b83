"""Lists of items: filters, order, pages (developers.webflow.com, "List Collection Items"; limits seen in the wild)."""

import re
from collections.abc import Callable, Iterable, Mapping

from lib.sandbox.answers import JSON, envelope

PAGE = 100
LONGEST_NUMBER = 15  # digits (our choice)
SORT_KEYS = ("createdOn", "lastPublished", "lastUpdated", "name", "slug")
RANGE = re.compile(r"(createdOn|lastPublished|lastUpdated)\[(gte|lte)\]")
NUMBERS = {"limit": r"^[1-9]\d*$", "offset": r"^\d+$"}


def page(items: Iterable[JSON], query: Mapping[str, str], primary_locale: str) -> JSON:
    """One page of `items` as the query asks for it."""
    limit = min(_number(query, "limit", PAGE), PAGE)
    offset = _number(query, "offset", 0)
    wanted = _filter(query, primary_locale)
    found = _sorted([item for item in items if wanted(item)], query)
    pagination = {"limit": limit, "offset": offset, "total": len(found)}
    return {"items": found[offset : offset + limit], "pagination": pagination}


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, str(default))
    if not re.match(NUMBERS[name], text, re.ASCII) or len(text) > LONGEST_NUMBER:
        raise envelope(f'Value ({name}) should match pattern "{NUMBERS[name]}"')
    return int(text)


def _filter(query: Mapping[str, str], primary_locale: str) -> Callable[[JSON], bool]:
    locales = set(query.get("cmsLocaleId", primary_locale).split(","))
    exact = {name: query[name] for name in ("name", "slug") if name in query}
    ranges = [(*match.groups(), value) for name, value in query.items() if (match := RANGE.fullmatch(name))]

    def wanted(item: JSON) -> bool:
        return (
            item["cmsLocaleId"] in locales
            and all(item["fieldData"].get(name) == value for name, value in exact.items())
            and all(_in_range(item[name], side, value) for name, side, value in ranges)
        )

    return wanted


def _in_range(moment: str | None, side: str, bound: str) -> bool:
    """Times have one fixed form, so that their order is the order of the texts."""
    return moment is not None and (moment >= bound if side == "gte" else moment <= bound)


def _sorted(items: list[JSON], query: Mapping[str, str]) -> list[JSON]:
    name = query.get("sortBy", "createdOn")
    order = query.get("sortOrder", "desc" if "sortBy" not in query else "asc")
    if name not in SORT_KEYS:
        raise envelope("Value (sortBy) should be equal to one of the allowed values")
    if order not in ("asc", "desc"):
        raise envelope("Value (sortOrder) should be equal to one of the allowed values")
    in_data = name in ("name", "slug")
    return sorted(
        items,
        key=lambda item: ((item["fieldData"].get(name) if in_data else item[name]) or "", item["id"]),
        reverse=order == "desc",
    )
