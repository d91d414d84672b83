"""Pages whose address changes: old links break unless somebody redirects them."""

import pandas as pd

from lib.model.collection import Collection
from lib.model.plan import Plan
from lib.words.say import later


def redirects(plan: Plan, collection: Collection) -> pd.DataFrame:
    """One line for each page that is there and gets another slug: Item, Old path, New path."""
    moved = [change for change in plan.changes if "slug" in change.after and not change.creates]
    return pd.DataFrame(
        {
            later("Item"): [change.item_name for change in moved],
            later("Old path"): [f"/{collection.slug}/{change.before.get('slug') or ''}" for change in moved],
            later("New path"): [f"/{collection.slug}/{change.after['slug']}" for change in moved],
        }
    )
