"""What rows without an item create, in words: new items, and translations of items that lack a language."""

from collections.abc import Sequence

from lib.model.new_item import NewItem
from lib.words.say import count, say, say_many


def counted(able: Sequence[NewItem]) -> str:
    """What rows create, with the numbers."""
    new, variants = numbers(able)
    items = say_many(new, "{number:,} new item", "{number:,} new items")
    translations = count(variants, "translation", "translations")
    if new and variants:
        return say("{new} and {translations}", new=items, translations=translations)
    return translations if variants else items


def named(able: Sequence[NewItem]) -> str:
    """The same after the number of rows, which says enough where all are of one kind."""
    new, variants = numbers(able)
    if new and variants:
        return counted(able)
    if variants:
        return say("a translation") if len(able) == 1 else say("translations")
    return say("a new item") if len(able) == 1 else say("new items")


def numbers(able: Sequence[NewItem]) -> tuple[int, int]:
    """How many are new, and how many are there in another language."""
    variants = sum(bool(item.variant_of) for item in able)
    return len(able) - variants, variants
