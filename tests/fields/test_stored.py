"""What counts as stored: the value itself, and what Webflow lawfully makes of it; nothing else."""

from typing import Any

import pandas as pd
import pytest

from lib.fields import kind_of
from lib.model.collection import FieldType

OURS, THEIRS = "https://shop.example/img/cat.jpg", "https://cdn.prod.website-files.com/64/65ab_cat.jpg"
OLD = "64f0a1b2c3d4e5f6a7b8c9d0_cat.jpg"
HERE, MOVED = (
    f"https://cdn.prod.website-files.com/{name}" for name in (f"12d/{OLD}", f"155/75f0a1b2c3d4e5f6a7b8c9d1_{OLD}")
)
OTHERS = "https://cdn.other.example/65ab_cat.jpg"


def column(value: Any) -> pd.Series:
    return pd.Series([value], dtype="object")


@pytest.mark.parametrize(
    ("type", "now", "meant", "is_so"),
    [
        (FieldType.EMAIL, "ada@example.com", "Ada@Example.com", True),
        (FieldType.EMAIL, "Ada@example.com", "ada@example.com", False),
        (FieldType.EMAIL, "bob@example.com", "Ada@Example.com", False),
        (FieldType.LINK, "https://a.example/b", "https://a.example/b/", True),
        (FieldType.LINK, "https://a.example/b/", "https://a.example/b", False),
        (FieldType.LINK, "https://a.example/B", "https://a.example/b/", False),
        (FieldType.IMAGE, {"url": THEIRS}, {"url": OURS}, True),
        (FieldType.IMAGE, {"url": OTHERS}, {"url": OURS}, False),
        (FieldType.IMAGE, {"url": THEIRS}, {"url": OURS.replace("cat", "dog")}, False),
        (FieldType.IMAGE, {"url": THEIRS}, {"url": OURS, "alt": "A cat"}, False),
        (FieldType.IMAGE, {"url": THEIRS, "alt": "A cat"}, {"url": OURS, "alt": "A cat"}, True),
        (FieldType.MULTI_IMAGE, [{"url": THEIRS}, {"url": OURS}], [{"url": OURS}, {"url": OURS}], True),
        (FieldType.MULTI_IMAGE, [{"url": THEIRS}], [{"url": OURS}, {"url": OURS}], False),
        (FieldType.RICH_TEXT, f'<p>x</p><img src="{THEIRS}">', f'<p>x</p><img src="{OURS}">', True),
        (FieldType.RICH_TEXT, f'<p>y</p><img src="{THEIRS}">', f'<p>x</p><img src="{OURS}">', False),
        (FieldType.RICH_TEXT, f'<img alt="a" src="{THEIRS}">', f'<img alt="b" src="{OURS}">', False),
        (FieldType.RICH_TEXT, f'<img src="{MOVED}">', f'<img src="{HERE}">', True),
        (FieldType.RICH_TEXT, f'<img src="{HERE}">', f'<img src="{MOVED}">', False),
        (FieldType.RICH_TEXT, f'<img src="{MOVED}">', f'<img src="{THEIRS}">', False),
        (FieldType.PLAIN_TEXT, "ada@example.com", "Ada@Example.com", False),
    ],
)
def test_only_lawful_forms_count_as_stored(type: FieldType, now: Any, meant: Any, is_so: bool) -> None:
    assert list(kind_of(type).is_stored(column(now), column(meant))) == [is_so]


@pytest.mark.parametrize(("before", "is_so"), [(None, True), ({"url": OTHERS}, False)], ids=["new", "there before"])
def test_right_after_sending_a_new_file_of_the_name_is_the_one_that_was_sent(before: Any, is_so: bool) -> None:
    stored = kind_of(FieldType.IMAGE).is_stored(column({"url": OTHERS}), column({"url": OURS}), column(before))
    assert list(stored) == [is_so]
