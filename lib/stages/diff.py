"""Now → after: the changes of a plan as a table for people, one line per changed cell."""

from collections.abc import Sequence

import pandas as pd

from lib.fields import kind_of
from lib.fields.base import EMPTY, ReadContext
from lib.model.collection import Collection
from lib.model.effect import Effect, Risk
from lib.model.plan import Change, Plan
from lib.stages.effects import NO_RISK, effects, risks
from lib.stages.row_languages import by_language
from lib.words.say import later, say

CHANGE_COLUMNS = ("row", "item", "field", "now", "after", "effect", "risk", "slug")
YES_OR_NO = {True: later("yes"), False: later("no")}


def change_table(plan: Plan, collection: Collection, context: ReadContext) -> pd.DataFrame:
    """One line per changed cell with `CHANGE_COLUMNS`, in the order of rows, values as people write them.

    `effect` and `risk`: see `lib.model.effect`. `slug` is that of the field, "" for an item's status.
    """
    slugs = dict.fromkeys(slug for change in plan.changes for slug in change.after)
    tables = [_of_field(slug, plan.changes, collection, context) for slug in slugs]
    tables.append(_of_flags(plan.changes))
    table = pd.concat(tables, ignore_index=True)
    return table.sort_values("row", kind="stable", ignore_index=True)


def _of_field(slug: str, changes: Sequence[Change], collection: Collection, context: ReadContext) -> pd.DataFrame:
    touched = [change for change in changes if slug in change.after]
    field = collection.field(slug)
    kind = kind_of(field.type)
    held = pd.Series([change.before.get(slug) for change in touched], dtype="object")
    sent = pd.Series([change.after[slug] for change in touched], dtype="object")
    is_new = pd.Series([change.creates for change in touched], dtype="bool")
    now, after = (
        by_language(kind.told, values, field, context, lambda: [change.cms_locale_id for change in touched])
        for values in (held, sent)
    )
    now = now.mask(is_new, "")
    return pd.DataFrame(
        {
            "row": [change.row for change in touched],
            "item": [change.item_name for change in touched],
            "field": field.display_name,
            "now": now.replace("", EMPTY),
            "after": after.replace("", EMPTY),
            "effect": effects(now, after),
            "risk": risks(field, now, after),
            "slug": slug,
        },
        columns=list(CHANGE_COLUMNS),
    )


def _of_flags(changes: Sequence[Change]) -> pd.DataFrame:
    lines = [
        (change.row, change.item_name, label, *_flag(change, was, will), risk, "")
        for change in changes
        for label, was, will, risk in (
            (say("Draft"), change.was_draft, change.is_draft, NO_RISK),
            (say("Archived"), change.was_archived, change.is_archived, _archived(change)),
        )
        if will is not None and will != was
    ]
    return pd.DataFrame(lines, columns=list(CHANGE_COLUMNS))


def _archived(change: Change) -> str:
    """The risk of an item that leaves the site with the next publish."""
    return Risk.ARCHIVED.value if change.is_archived and not change.creates else NO_RISK


def _flag(change: Change, was: bool, will: bool) -> tuple[str, str, str]:
    """A flag now and after, and the effect; a new item had none."""
    if change.creates:
        return EMPTY, say(YES_OR_NO[will]), Effect.NEW.value
    return say(YES_OR_NO[was]), say(YES_OR_NO[will]), Effect.CHANGED.value
