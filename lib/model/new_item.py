"""Items that a file creates: until Webflow has given them an id, each is named by the row that it comes from."""

PREFIX = "new item of row "


def new_item_id(row: int) -> str:
    """What stands for the id of the item that this row creates, also where others refer to it."""
    return f"{PREFIX}{row}"


def is_new(item_id: object) -> bool:
    """Whether this stands for an item that is still to be created."""
    return isinstance(item_id, str) and item_id.startswith(PREFIX)


def row_of(item_id: str) -> int:
    """The row that creates this item."""
    return int(item_id.removeprefix(PREFIX))
