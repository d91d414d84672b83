"""Whether an item holds what was meant: the value itself, or what Webflow lawfully makes of it.

It keeps files at addresses of its own, writes e-mails in small letters, takes the last slash off links (each seen in
the wild, none documented).
"""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from lib.fields import kind_of
from lib.fields.link import url_of
from lib.fields.rehosted import is_copy, is_copy_at_webflow
from lib.fields.rich_text import meaning
from lib.fields.written import FILES, alt_of, entries_of
from lib.model.collection import FieldType

Twins = Callable[[str, str], bool]
LAWFUL = (FieldType.RICH_TEXT, FieldType.EMAIL, FieldType.LINK, *FILES)


def is_stored(field_type: FieldType, now: pd.Series, meant: pd.Series, before: pd.Series | None = None) -> pd.Series:
    """Whether a column of an item's values is what was meant, cell by cell.

    `before` is what the items held when the values were sent just now: a file that was not there then is known by its
    name alone. Without it, only files at Webflow's own addresses count as copies. Alt texts that were sent must
    be there.
    """
    kind = kind_of(field_type)
    same = kind.same(now, meant)
    if field_type not in LAWFUL:
        return same
    if field_type in FILES:
        pairs = list(zip(now, meant, strict=True))
        has_alts = pd.Series([_has_alts(*pair) for pair in pairs], index=now.index, dtype="bool")
        twins = is_copy_at_webflow if before is None else is_copy
        is_new = True if before is None else ~kind.same(now, before)
        return (same | (_column(now, meant, lambda kept, sent: _are_copies(kept, sent, twins)) & is_new)) & has_alts
    return same | _column(now, meant, _FORMS[field_type])


def _column(now: pd.Series, meant: pd.Series, holds: Callable[[Any, Any], bool]) -> pd.Series:
    return pd.Series([holds(*pair) for pair in zip(now, meant, strict=True)], index=now.index, dtype="bool")


def _is_same_email(kept: Any, sent: Any) -> bool:
    return isinstance(kept, str) and isinstance(sent, str) and kept.strip() == sent.strip().lower()


def _is_same_link(kept: Any, sent: Any) -> bool:
    return isinstance(kept, str) and isinstance(sent, str) and kept.strip() == sent.strip().removesuffix("/")


def _is_same_rich_text(kept: Any, sent: Any) -> bool:
    """Whether two texts differ in nothing but the addresses of images that Webflow keeps a copy of."""
    if not (isinstance(kept, str) and isinstance(sent, str) and "<img" in sent.lower()):
        return False
    one, other = meaning(kept), meaning(sent)
    return len(one) == len(other) and all(a == b or _is_same_image(a, b) for a, b in zip(one, other, strict=True))


def _is_same_image(kept: Any, sent: Any) -> bool:
    if not (isinstance(kept, tuple) and isinstance(sent, tuple) and kept[0] == sent[0] == "img"):
        return False
    one, other = dict(kept[1]), dict(sent[1])
    return is_copy_at_webflow(one.pop("src", ""), other.pop("src", "")) and one == other


_FORMS: dict[FieldType, Callable[[Any, Any], bool]] = {
    FieldType.EMAIL: _is_same_email,
    FieldType.LINK: _is_same_link,
    FieldType.RICH_TEXT: _is_same_rich_text,
}


def _are_copies(now: Any, meant: Any, twins: Twins) -> bool:
    kept, sent = entries_of(now), entries_of(meant)
    return len(kept) == len(sent) > 0 and all(
        url_of(one) == url_of(other) or twins(url_of(one), url_of(other)) for one, other in zip(kept, sent, strict=True)
    )


def _has_alts(now: Any, meant: Any) -> bool:
    kept, wanted = _alts(entries_of(now)), _alts(entries_of(meant))
    return len(kept) == len(wanted) and all(not alt or alt == other for alt, other in zip(wanted, kept, strict=True))


def _alts(entries: Sequence[Any]) -> list[str]:
    return [alt_of(entry) for entry in entries]
