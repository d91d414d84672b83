"""The items that a plan creates: all their values, in an order in which each comes after those that it refers to."""

import pandas as pd

from lib.fields import kind_of
from lib.model.checked import Checked
from lib.model.collection import Collection
from lib.model.new_item import NewItem
from lib.model.plan import Change, SendChoices
from lib.stages.live_rows import held_by
from lib.stages.new_references import in_levels


def creations(checked: Checked, collection: Collection, rows: pd.Index, choices: SendChoices) -> list[Change]:
    """The changes that create the items of those of these `rows` that have none. Alt texts are part of their images.

    Blank cells say nothing, but for a translation whose item holds something that it is not to follow."""
    new = [item for item in checked.new if item.row in rows]
    values: dict[int, dict[str, object]] = {item.row: {"name": item.name, "slug": item.slug} for item in new}
    places = pd.Index(list(values), dtype="int64")
    for slug in checked.values.columns:
        said = checked.values.loc[places, slug][checked.sent.loc[places, slug]]
        follows = pd.Series(held_by(checked.beside[said.index], slug), index=said.index, dtype="object")
        given = said[said.notna() | follows.notna()]
        nothing = pd.Series([None] * len(given), index=given.index, dtype="object")
        for row, value in kind_of(collection.field(slug).type).write(given, nothing).items():
            values[int(str(row))][slug] = value
    flags = checked.flags.loc[places]
    told = zip(new, flags["draft"], flags["archived"], strict=True)
    made = [_creation(item, values[item.row], draft, archived, choices) for item, draft, archived in told]
    levels = in_levels([change for change in made if change.is_new], collection)
    return [change for level in levels for change in level] + [change for change in made if change.is_variant]


def _creation(
    item: NewItem, values: dict[str, object], draft: bool | None, archived: bool | None, choices: SendChoices
) -> Change:
    return Change(
        row=item.row,
        item_id=item.id,
        cms_locale_id=item.cms_locale_id if item.variant_of else None,
        is_variant=bool(item.variant_of),
        item_name=item.name,
        after=values,
        is_draft=choices.new_as_drafts if draft is None else bool(draft),
        is_archived=True if archived else None,
    )
