"""What a value that the field does not know may stand for: the closest of those that it does."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from lib.fields.lookup import normalised
from lib.model.item import Item
from lib.model.mapping import Match, Role
from lib.stages.spelling import is_spelling

CLOSE_ENOUGH = 60  # of 100
CLOSEST = 3
SHORTLIST = 300


def texts_of(items: Iterable[Item], key: Match | None) -> Sequence[str]:
    """The texts by which the key column may find items; none for ids, which nobody types."""
    if key is None or key.role is Role.ITEM_ID:
        return ()
    return tuple(
        dict.fromkeys(text for item in items if (text := str(item.field_data.get(key.field_slug or "") or "")))
    )


class Candidates:
    """The texts that a field knows, looked through for those that another text may stand for."""

    def __init__(self, known: Sequence[str]) -> None:
        self._known = known
        self._forms = dict(enumerate(map(normalised, known)))

    def closest(self, text: str) -> list[str]:
        """The few that are most like this text, the closest first."""
        wanted, forms = normalised(text), self._forms
        if len(forms) > SHORTLIST:  # a quick look at all of them chooses which to compare closely
            forms = {
                place: form for form, _, place in process.extract(wanted, forms, scorer=fuzz.ratio, limit=SHORTLIST)
            }
        found = process.extract(wanted, forms, scorer=fuzz.WRatio, limit=CLOSEST, score_cutoff=CLOSE_ENOUGH)
        return [self._known[place] for _, _, place in found]


def meant(text: str, close: Sequence[str]) -> str:
    """The one of these that is only spelt otherwise; "" for none, or several."""
    spelt = [name for name in close if is_spelling(text, name)]
    return spelt[0] if len(spelt) == 1 else ""
