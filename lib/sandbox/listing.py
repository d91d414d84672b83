"""Lists of items: filters, order, pages (developers.webflow.com, "List Collection Items"; limits seen in the wild)."""

import re
from collections.abc import Iterable, Mapping
from operator import itemgetter

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
    found = _sorted(_filtered(items, query, primary_locale), query)
    pagination = {"limit": limit, "offset": offset, "total": len(found)}
    return {"items": found[offset : offset + limit], "pagination": pagination}


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, str(default))
    if not re.match(NUMBERS[name], text, re.ASCII) or len(text) > LONGEST_NUMBER:
        raise envelope(f'Value ({name}) should match pattern "{NUMBERS[name]}"')
    return int(text)


def _filtered(items: Iterable[JSON], query: Mapping[str, str], primary_locale: str) -> list[JSON]:
    """Filter by filter, so that a large collection costs no more than what is asked of it."""
    locales = set(query.get("cmsLocaleId", primary_locale).split(","))
    found = [item for item in items if item["cmsLocaleId"] in locales]
    for name in ("name", "slug"):
        if name in query:
            found = [item for item in found if item["fieldData"].get(name) == query[name]]
    for name, bound in query.items():
        if match := RANGE.fullmatch(name):
            key, side = match.groups()
            found = [item for item in found if _in_range(item[key], side, bound)]
    return found


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
    in_data, is_reversed = name in ("name", "slug"), order == "desc"
    # One after the other: texts alone compare much faster than pairs of them.
    by_id = sorted(items, key=itemgetter("id"), reverse=is_reversed)
    if in_data:
        return sorted(by_id, key=lambda item: item["fieldData"].get(name) or "", reverse=is_reversed)
    return sorted(by_id, key=lambda item: item[name] or "", reverse=is_reversed)
