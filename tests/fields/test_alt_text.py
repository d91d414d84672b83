"""Alt texts: read as words, kept where nothing is said, compared where something is."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.fields import ReadContext, kind_of
from lib.fields.alt_text import described
from lib.model.collection import FieldType
from lib.model.mapping import ReadingChoices
from tests.builders import a_collection, a_field, an_item

OLD, NEW = "https://x.example/old.jpg", "https://x.example/new.jpg"
RED = {"fileId": "1", "url": OLD, "alt": "Red"}
BARE = {"fileId": "1", "url": OLD, "alt": None}
OWN = "https://cdn.prod.website-files.com/65f0/{}_{}"
FIRST, SECOND = "66f6ed9576ddacf3149d5ea6", "66f6ed9576ddacf3149d5eaa"


def column(value: Any) -> pd.Series:
    return pd.Series([value], dtype="object")


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("A red chair", "A red chair", None),
        ("see https://x.example/a.jpg", "see https://x.example/a.jpg", None),
        ("a | b; c", "a | b; c", None),
        ("", None, None),
        (OLD, None, "An image in place of its alt text"),
        ("IMG_1.JPG", None, "An image in place of its alt text"),
        ("A photo, IMG_1.JPG", "A photo, IMG_1.JPG", None),
        ("#N/A", None, "Error in a cell"),
    ],
)
def test_an_alt_text_is_words_and_neither_an_address_nor_the_name_of_a_file(
    text: str, value: str | None, kind: str | None
) -> None:
    field = a_collection(a_field("photo", FieldType.IMAGE)).field("alt:photo")
    texts = pd.Series([text], dtype="str", name="Alt")
    reading = kind_of(field.type).read(texts, field, ReadingChoices(), ReadContext())
    assert list(reading.values) == [value]
    assert [problem.kind for problem in reading.problems] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("held", "value", "same", "written"),
    [
        (RED, {"url": OLD}, True, {"url": OLD, "alt": "Red"}),
        (RED, {"url": OLD, "alt": "Red"}, True, {"url": OLD, "alt": "Red"}),
        (RED, {"url": OLD, "alt": "Blue"}, False, {"url": OLD, "alt": "Blue"}),
        (RED, {"url": OLD, "alt": ""}, False, {"url": OLD}),
        (RED, {"url": NEW}, False, {"url": NEW, "alt": "Red"}),
        (RED, {"url": NEW, "alt": "Red"}, False, {"url": NEW, "alt": "Red"}),
        (RED, {"url": NEW, "alt": ""}, False, {"url": NEW}),
        (BARE, {"url": OLD, "alt": ""}, True, {"url": OLD}),
        (BARE, {"url": OLD, "alt": "Red"}, False, {"url": OLD, "alt": "Red"}),
        (None, {"url": NEW, "alt": "Red"}, False, {"url": NEW, "alt": "Red"}),
        (RED, None, False, None),
    ],
)
@pytest.mark.parametrize("type", [FieldType.IMAGE, FieldType.FILE])
def test_an_alt_text_counts_where_it_is_said(type: FieldType, held: Any, value: Any, same: bool, written: Any) -> None:
    kind = kind_of(type)
    assert list(kind.same(column(held), column(value))) == [same]
    assert list(kind.write(column(value), column(held))) == [written]


@pytest.mark.parametrize(
    ("now", "meant", "before", "stored"),
    [
        (RED, {"url": OLD, "alt": "Red"}, {"url": OLD}, True),
        (BARE, {"url": OLD, "alt": "Red"}, {"url": OLD}, False),
        (RED, {"url": OLD}, {"url": OLD, "alt": "Red"}, False),
        (BARE, {"url": OLD}, {"url": OLD, "alt": "Red"}, True),
        (RED | {"url": OWN.format(FIRST, "old.jpg")}, {"url": OLD, "alt": "Red"}, {"url": OLD}, True),
        (BARE | {"url": OWN.format(FIRST, "old.jpg")}, {"url": OLD, "alt": "Red"}, {"url": OLD}, False),
        (BARE | {"url": OWN.format(FIRST, "old.jpg")}, {"url": OLD}, {"url": OLD, "alt": "Red"}, True),
    ],
)
def test_an_alt_text_is_stored_when_it_is_there_and_taken_away_when_it_is_gone(
    now: Any, meant: Any, before: Any, stored: bool
) -> None:
    assert list(kind_of(FieldType.IMAGE).is_stored(column(now), column(meant), column(before))) == [stored]


@pytest.mark.parametrize(
    ("value", "told"),
    [(RED, f"{OLD} alt: “Red”"), (BARE, OLD), ({"url": NEW, "alt": ""}, NEW), (None, "")],
)
def test_people_see_the_alt_text_beside_the_address_and_an_export_does_not(value: Any, told: str) -> None:
    field, kind = a_field("photo", FieldType.IMAGE), kind_of(FieldType.IMAGE)
    assert list(kind.told(column(value), field, ReadContext())) == [told]
    assert list(kind.show(column(value), field, ReadContext())) == ([value["url"]] if value else [""])


@pytest.mark.parametrize(
    ("kept", "sent", "is_later"),
    [
        (OWN.format(SECOND, f"{FIRST}_cat.jpg"), OWN.format(FIRST, "cat.jpg"), True),
        (OWN.format(SECOND, "cat.jpg"), OWN.format(FIRST, "cat.jpg"), False),
        (OWN.format(FIRST, "cat.jpg"), OWN.format(SECOND, f"{FIRST}_cat.jpg"), False),
        (OWN.format(SECOND, "my_cat.jpg"), "https://cdn.prod.website-files.com/65f0/cat.jpg", False),
        (OWN.format(SECOND, f"{FIRST}_cat.jpg"), f"https://x.example/{FIRST}_cat.jpg", False),
    ],
)
def test_webflows_copy_of_its_own_copy_is_known_by_the_earlier_id(kept: str, sent: str, is_later: bool) -> None:
    assert list(kind_of(FieldType.IMAGE).is_later(column({"url": kept}), column({"url": sent}))) == [is_later]


@pytest.mark.parametrize(
    ("image", "value"),
    [(RED, {"url": OLD, "alt": "x"}), ({"url": ""}, None), ({}, None), (None, None), ("", None), ([], None)],
)
def test_only_an_image_can_be_described(image: Any, value: Any) -> None:
    assert described(image, "x") == value


@pytest.mark.parametrize("held", [RED, BARE, None, {}, "odd", {"alt": 5}])
def test_an_item_holds_the_alt_text_of_its_image(held: Any) -> None:
    item = an_item(1, {"photo": held})
    assert item.value("photo") == held
    assert item.value("alt:photo") == ("Red" if held is RED else None)


def test_only_fields_of_one_image_that_can_be_filled_have_an_alt_text() -> None:
    fixed = a_field("fixed", FieldType.IMAGE, is_editable=False)
    others = (a_field(type.value.lower(), type) for type in (FieldType.MULTI_IMAGE, FieldType.FILE))
    collection = a_collection(a_field("photo", FieldType.IMAGE), fixed, *others)
    assert [field.display_name for field in collection.alt_texts] == ["Alt text of Photo"]
    with pytest.raises(KeyError):
        collection.field("alt:fixed")
    assert FieldType.of("alt text") is FieldType.UNKNOWN


ONE, TWO = "https://x.example/1.jpg", "https://x.example/2.jpg"
GALLERY = [{"fileId": "1", "url": ONE, "alt": "Red"}, {"fileId": "2", "url": TWO, "alt": None}]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            f"{ONE} | A red chair; {TWO} | A blue one",
            [{"url": ONE, "alt": "A red chair"}, {"url": TWO, "alt": "A blue one"}],
        ),
        (f"{ONE} | A red chair; round; {TWO}", [{"url": ONE, "alt": "A red chair; round"}, {"url": TWO}]),
        (f"{ONE}\n{TWO} |a | b", [{"url": ONE}, {"url": TWO, "alt": "a | b"}]),
        (f"{ONE} |; {TWO}", [{"url": ONE, "alt": ""}, {"url": TWO}]),
        (f"{ONE} | {TWO}", [{"url": ONE}, {"url": TWO}]),
        (f"{ONE}|{TWO}", [{"url": ONE}, {"url": TWO}]),
    ],
)
def test_a_gallery_has_its_alt_texts_behind_the_addresses(text: str, value: Any) -> None:
    field = a_field("gallery", FieldType.MULTI_IMAGE)
    texts = pd.Series([text], dtype="str", name="Gallery")
    reading = kind_of(field.type).read(texts, field, ReadingChoices(), ReadContext())
    assert (list(reading.values), reading.problems) == ([value], ())


@pytest.mark.parametrize(
    ("value", "same", "written"),
    [
        ([{"url": ONE}, {"url": TWO}], True, [{"url": ONE, "alt": "Red"}, {"url": TWO}]),
        ([{"url": ONE, "alt": "Red"}, {"url": TWO}], True, [{"url": ONE, "alt": "Red"}, {"url": TWO}]),
        ([{"url": ONE, "alt": ""}, {"url": TWO}], False, [{"url": ONE}, {"url": TWO}]),
        ([{"url": ONE}, {"url": TWO, "alt": "Blue"}], False, [{"url": ONE, "alt": "Red"}, {"url": TWO, "alt": "Blue"}]),
    ],
)
def test_alt_texts_of_a_gallery_count_where_they_are_said(value: Any, same: bool, written: Any) -> None:
    kind = kind_of(FieldType.MULTI_IMAGE)
    assert list(kind.same(column(GALLERY), column(value))) == [same]
    assert list(kind.write(column(value), column(GALLERY))) == [written]


ALTS = some.none() | some.from_regex(r"[a-zé][a-zé ,;|.]{0,12}[a-zé]", fullmatch=True)


@given(some.lists(some.tuples(some.sampled_from([ONE, TWO]), ALTS), min_size=1, max_size=5))
def test_what_is_shown_of_a_gallery_is_read_as_the_same(images: list[tuple[str, str | None]]) -> None:
    kind, field = kind_of(FieldType.MULTI_IMAGE), a_field("gallery", FieldType.MULTI_IMAGE)
    held = column([{"url": url, "alt": alt} for url, alt in images])
    shown = kind.show(held, field, ReadContext()).rename("Gallery")
    reading = kind.read(shown, field, ReadingChoices(), ReadContext())
    assert list(kind.same(held, reading.values)) == [True]
