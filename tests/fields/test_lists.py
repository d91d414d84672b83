"""Files, links and references: lists where one value belongs, and the list forms of other tools."""

from typing import Any

import pandas as pd
import pytest

from lib.fields import kind_of
from lib.model.collection import FieldType
from lib.model.mapping import ReadingChoices
from lib.model.problem import Severity
from tests.builders import a_field, an_id
from tests.fields.test_reading import REFERS, kinds, read

ONE, TWO = "https://x.example/1.jpg", "https://x.example/2.jpg"


@pytest.mark.parametrize("type", [FieldType.IMAGE, FieldType.FILE, FieldType.LINK, FieldType.VIDEO_LINK])
@pytest.mark.parametrize("between", [",", ";", "|", "\n", " ", ", ", " ; ", " | "])
def test_a_list_in_a_field_for_one_address_is_held(type: FieldType, between: str) -> None:
    reading = read(type, f"{ONE}{between}{TWO}")
    assert (kinds(reading), reading.values[2]) == (["Several addresses"], None)
    assert "has 2" in reading.problems[0].fix[0]


@pytest.mark.parametrize("text", ["a@b.example, c@d.example", "a@b.example;c@d.example", "a@b.example c@d.example"])
def test_several_email_addresses_are_held(text: str) -> None:
    assert kinds(read(FieldType.EMAIL, text)) == ["Several addresses"]


@pytest.mark.parametrize("type", [FieldType.IMAGE, FieldType.LINK, FieldType.VIDEO_LINK])
def test_one_address_may_hold_commas_and_other_addresses(type: FieldType) -> None:
    texts = ["https://x.example/w_1,h_2/a;b.jpg", "https://web.example/web/2020/https://y.example/a.jpg"]
    assert read(type, *texts).problems == ()


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        (f"cat.jpg ({ONE})", [ONE]),
        (f"cat.jpg ({ONE}),dog, big.jpg ({TWO})", [ONE, TWO]),
        (f"cat (1).jpg ({ONE}); dog.jpg ({TWO})", [ONE, TWO]),
        (f"cat.jpg ({ONE})\ndog.jpg ({TWO})", [ONE, TWO]),
        (f"![cat]({ONE})", [ONE]),
    ],
)
def test_names_beside_addresses_are_left_out_and_told(text: str, urls: list[str]) -> None:
    reading = read(FieldType.MULTI_IMAGE, text)
    assert [entry["url"] for entry in reading.values[2]] == urls
    assert kinds(reading, Severity.FIXED) == ["Name beside an address"]


@pytest.mark.parametrize("type", [FieldType.IMAGE, FieldType.LINK, FieldType.VIDEO_LINK])
def test_a_name_beside_the_only_address_is_left_out_and_told(type: FieldType) -> None:
    reading = read(type, f"My page ({ONE})")
    assert reading.values[2] in (ONE, {"url": ONE})
    assert kinds(reading, Severity.FIXED) == ["Name beside an address"]


@pytest.mark.parametrize(
    "text",
    [f"{ONE}, {TWO}", f"{ONE},{TWO}", f'"{ONE}","{TWO}"', f'["{ONE}", "{TWO}"]', f"{ONE}\r\n{TWO}", f"{ONE} {TWO};"],
)
def test_lists_of_images_are_read_in_any_common_form(text: str) -> None:
    reading = read(FieldType.MULTI_IMAGE, text)
    assert (reading.problems, reading.values[2]) == ((), [{"url": ONE}, {"url": TWO}])


@pytest.mark.parametrize("text", [f"Photos: {ONE}", f"{ONE}; photo.jpg", "https://", "photo.jpg"])
def test_a_list_with_something_else_in_it_is_held(text: str) -> None:
    assert kinds(read(FieldType.MULTI_IMAGE, text)) == ["Not a web address"]


def test_a_gallery_of_more_than_25_images_breaks_a_rule() -> None:
    (rule,) = kind_of(FieldType.MULTI_IMAGE).rules(a_field("g", FieldType.MULTI_IMAGE))
    galleries = pd.Series([[{"url": ONE}] * 25, [{"url": ONE}] * 26], dtype="object")
    assert list(rule.holds(galleries)) == [True, False]


def test_images_that_stay_keep_their_alt_texts() -> None:
    live = [
        {"fileId": "1", "url": ONE, "alt": "Red"},
        {"fileId": "2", "url": TWO, "alt": "Blue"},
        {"fileId": "3", "url": TWO, "alt": "Green"},
        {"fileId": "4", "url": "https://x.example/4.jpg", "alt": None},
    ]
    wanted = [{"url": url} for url in (TWO, "https://x.example/new.jpg", ONE, TWO, "https://x.example/4.jpg")]
    columns = (pd.Series([value, None], dtype="object") for value in (wanted, live))
    ready = kind_of(FieldType.MULTI_IMAGE).write(*columns)
    assert [entry.get("alt") for entry in ready[0]] == ["Blue", None, "Red", "Green", None]
    assert [entry["url"] for entry in ready[0]] == [entry["url"] for entry in wanted]
    assert ready[1] is None


@pytest.mark.parametrize(
    ("now", "meant", "stored"),
    [
        ([{"url": ONE, "alt": "Red"}], [{"url": ONE, "alt": "Red"}], True),
        ([{"url": ONE, "alt": None}], [{"url": ONE, "alt": "Red"}], False),
        ([{"url": ONE, "alt": "Red"}], [{"url": ONE}], True),
        ([{"url": "https://cdn.example/5f_1.jpg", "alt": "Red"}], [{"url": ONE, "alt": "Red"}], True),
        ([{"url": "https://cdn.example/5f_1.jpg", "alt": None}], [{"url": ONE, "alt": "Red"}], False),
    ],
)
def test_an_alt_text_that_was_sent_must_be_there(now: Any, meant: Any, stored: bool) -> None:
    columns = (pd.Series([value], dtype="object") for value in (now, meant, [{"url": TWO}]))
    assert list(kind_of(FieldType.MULTI_IMAGE).is_stored(*columns)) == [stored]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("example.com", "https://example.com"),
        ("www.example.com/a?b=c", "https://www.example.com/a?b=c"),
        ("shop.example.co.uk", "https://shop.example.co.uk"),
        ("exam\u00adple.com", "https://example.com"),
    ],
)
def test_a_link_without_https_gets_it(text: str, value: str) -> None:
    reading = read(FieldType.LINK, text)
    assert reading.values[2] == value
    assert "Link without https://" in kinds(reading, Severity.FIXED)


@pytest.mark.parametrize(
    "text", ["mailto:a@b.example", "tel:+331", "sms:1", "#top", "/about", "?page=2", "HTTP://x.example"]
)
def test_other_links_are_left_as_they_are(text: str) -> None:
    reading = read(FieldType.LINK, text)
    assert (reading.problems, reading.values[2]) == ((), text)


@pytest.mark.parametrize("text", ["about.html", "photo.jpg", "catalogue.pdf"])
def test_the_name_of_a_file_is_no_website(text: str) -> None:
    assert kinds(read(FieldType.LINK, text)) == ["Not a web address"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('"Hammer, Sichel",zoe', [2, 3]),
        ('zoe,"Hammer, Sichel", tom-jerry', [3, 2, 1]),
        ('"hammer","zoe"', [2, 3]),
        ("Hammer, Sichel,zoe", [2, 3]),
        ("zoe (https://www.notion.so/zoe-1), hammer (https://www.notion.so/hammer-2)", [3, 2]),
    ],
)
def test_names_in_quotes_of_their_own_and_with_addresses_are_found(text: str, ids: list[int]) -> None:
    reading = read(FieldType.MULTI_REFERENCE, text, **REFERS)
    assert (kinds(reading), reading.values[2]) == ([], [an_id(number) for number in ids])


@pytest.mark.parametrize(
    ("separator", "text", "word"),
    [(";", "hammer, zoe", "comma"), (",", "hammer|zoe", "vertical bar"), ("|", "zoe; hammer; tom-jerry", "semicolon")],
)
def test_a_list_with_another_separator_says_which(separator: str, text: str, word: str) -> None:
    reading = read(FieldType.MULTI_REFERENCE, text, choices=ReadingChoices(separator=separator), **REFERS)
    assert kinds(reading) == ["Another separator?"]
    assert f"a list separated by {word}s. Choose the {word}" in reading.problems[0].fix[0]


def test_a_cell_with_another_separator_than_its_column_says_so() -> None:
    reading = read(FieldType.MULTI_REFERENCE, "hammer; zoe", "zoe; hammer", "zoe, tom-jerry", **REFERS)
    assert (kinds(reading), reading.problems[0].rows) == (["Another separator?"], (4,))


@pytest.mark.parametrize("text", ["hammer; zoe", "zoe, tom-jerry", "zoe\nhammer"])
def test_a_list_in_a_field_for_one_item_is_held(text: str) -> None:
    assert kinds(read(FieldType.REFERENCE, text, **REFERS)) == ["Several items in a field for one"]


@pytest.mark.parametrize(
    ("type", "text"), [(FieldType.REFERENCE, "zoe angstrom"), (FieldType.MULTI_REFERENCE, "zoé ångström; hammer")]
)
def test_a_name_with_other_accents_is_told(type: FieldType, text: str) -> None:
    reading = read(type, text, **REFERS)
    assert kinds(reading, Severity.WARNING) == ["Name spelt otherwise"]
    assert "“Zoë  Ångström”" in reading.problems[0].fix[0]


@pytest.mark.parametrize("text", ["ZOË ångström", "Zoe\u0308 A\u030angstro\u0308m", "Zoë\u200b Ångström"])
def test_a_name_in_another_case_or_form_is_the_same_name(text: str) -> None:
    reading = read(FieldType.REFERENCE, text, **REFERS)
    assert (reading.problems, reading.values[2]) == ((), an_id(3))


def test_an_email_address_in_a_link_is_told_how_to_become_one() -> None:
    assert "“mailto:a@b.example”" in read(FieldType.LINK, "a@b.example").problems[0].fix[0]


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE} ! alt : Red, big ! title : Chair ! desc :  ! caption :  | {TWO} ! alt : Blue ! title : B",
        f"{ONE} ! alt : Red | {TWO}",
    ],
)
def test_what_woocommerce_writes_beside_an_address_is_left_out_and_told(text: str) -> None:
    reading = read(FieldType.MULTI_IMAGE, text)
    assert (kinds(reading, Severity.FIXED), reading.values[2]) == (
        ["Name beside an address"],
        [{"url": ONE}, {"url": TWO}],
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("javascript:alert(1)", "“javascript:” is not allowed"),
        ("JAVA\u200bSCRIPT:alert(1)", "“JAVASCRIPT:” is not allowed"),
        ("data:image/png;base64,iVBORw0=", "“data:” is not allowed"),
        ("file:///C:/1.jpg", "“file:” is not allowed"),
        ("https://x.example/a b.jpg", "“https://x.example/a%20b.jpg”"),
        ("tel:+49 123 456", "“tel:+49123456”"),
        ("mailto:a@b.example?subject=Hi there", "“mailto:a@b.example?subject=Hi%20there”"),
        ("https://x.example/1.jpg, Red chair", "Copy the whole address"),
        ("mailto:", "Copy the whole address"),
    ],
)
def test_what_is_no_link_is_refused_in_words_about_its_form(text: str, said: str) -> None:
    reading = read(FieldType.LINK, text)
    assert kinds(reading) == ["Not a web address"] and said in reading.problems[0].fix[0]


@pytest.mark.parametrize("text", [f'"{ONE}"', f"'{ONE}'", f'["{ONE}"]', f"{ONE},", f"({ONE})"])
@pytest.mark.parametrize("type", [FieldType.LINK, FieldType.VIDEO_LINK])
def test_marks_around_the_only_address_are_left_out_and_told(type: FieldType, text: str) -> None:
    reading = read(type, text)
    assert (kinds(reading, Severity.FIXED), reading.values[2]) == (["Name beside an address"], ONE)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mailto:ada@x.example", "ada@x.example"),
        ("ada+tag@x.example", "ada+tag@x.example"),
        ('"ada@x.example"', None),
        ("[ada@x.example]", None),
        ("Ada <ada@x.example>", None),
        ("ada@x..example", None),
        ("ada:x@x.example", None),
    ],
)
def test_nothing_but_an_email_address_is_sent_as_one(text: str, value: str | None) -> None:
    assert read(FieldType.EMAIL, text).values[2] == value
