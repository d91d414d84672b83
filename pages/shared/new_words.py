"""What rows without an item create, in words: new items, and translations of items that lack a language."""

from collections.abc import Sequence

from lib.model.new_item import NewItem
from lib.words.say import count


def counted(able: Sequence[NewItem]) -> str:
    """What rows create, with the numbers."""
    new, variants = numbers(able)
    told = [(new, count(new, "new item", "new items")), (variants, count(variants, "translation", "translations"))]
    return " and ".join(words for number, words in told if number) or count(0, "new item", "new items")


def named(able: Sequence[NewItem]) -> str:
    """The same after the number of rows, which says enough where all are of one kind."""
    new, variants = numbers(able)
    if new and variants:
        return counted(able)
    noun = "translation" if variants else "new item"
    return f"a {noun}" if len(able) == 1 else f"{noun}s"


def numbers(able: Sequence[NewItem]) -> tuple[int, int]:
    """How many are new, and how many are there in another language."""
    variants = sum(bool(item.variant_of) for item in able)
    return len(able) - variants, variants
