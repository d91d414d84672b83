"""Why rows that found no item cannot create one."""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

import pandas as pd

from lib.model.mapping import Role
from lib.stages.key import row_locales
from lib.workflow.destination import Opened
from lib.workflow.preparation import Matched


class WhyNot(StrEnum):
    """LANGUAGE: it is another one than the primary. ITEM_ID: no item has this id, so it was deleted or is of another
    site. BLANK: there is no text to find it by next time. NO_COLUMN: none feeds the name. NO_NAME: it has none."""

    LANGUAGE = "language"
    ITEM_ID = "item id"
    BLANK = "blank"
    NO_COLUMN = "no column"
    NO_NAME = "no name"


def why_not(matched: Matched) -> Mapping[WhyNot, int]:
    """How many of the rows without an item cannot create one, by the reason that comes first."""
    rest = matched.found.unfound.difference(item.row for item in matched.creatable)
    key, opened = matched.mapping.key, matched.reached(Opened)
    if not rest or key is None or opened is None:
        return {}
    texts = matched.sheet.frame[key.column].str.strip()
    locales = row_locales(matched.sheet, matched.mapping, opened.locale_id)
    is_elsewhere = locales != _primary(opened)
    otherwise = WhyNot.NO_NAME if _has_names(matched) else WhyNot.NO_COLUMN

    def reason(row: int) -> WhyNot:
        if is_elsewhere[row]:
            return WhyNot.LANGUAGE
        if key.role is Role.ITEM_ID and texts[row]:
            return WhyNot.ITEM_ID
        is_blank = key.role is None and key.field_slug != "slug" and not texts[row]
        return WhyNot.BLANK if is_blank and _has_names(matched) else otherwise

    return Counter(map(reason, pd.Index(rest)))


def _primary(opened: Opened) -> str:
    """The CMS locale id of the primary language, "" on a site with only one."""
    primary = (locale.cms_locale_id for locale in opened.site.locales if locale.is_primary)
    return next(primary, "") if opened.locale else ""


def _has_names(matched: Matched) -> bool:
    return any(match.field_slug == "name" for match in matched.mapping.matches)
