"""Refusals in words that an editor understands."""

import pytest

from lib.errors import Detail
from lib.webflow.plain_words import explain, lacks_room

PUBLISH = "Publish the site in Webflow once, then resume."


def about(description: str, param: str = "price") -> Detail:
    return Detail(param=param, description=description)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Unique value is already in database: 'spring'", "the page address “spring”"),
        ("Unique value is already in database: 'spring'", "It may be an archived item, or one that was deleted"),
        ("Unique value is already in database: 'o'clock {0}'", "the page address “o'clock {0}”"),
        ("Field not described in schema: undefined", "no such field any more"),
        ("Field is required", "is required and cannot be empty"),
        ("Field is not editable", "cannot be edited"),
        ("Referenced item not found", "does not exist in this language"),
        ("Expected value to have a 'url' field", "needs a web address"),
        ("Remote file failed to import: https://a.example/x.png", "fetch the file https://a.example/x.png. Check"),
        ("Remote file failed to import", "could not fetch the file. Check"),
        ("Remote file failed to import: ", "could not fetch the file. Check"),
        ("Remote file failed to import: Unsupported file type", "The file is of a kind that this field does not take"),
        ("Remote image failed to import: File size limit reached", "The file is larger than Webflow takes: 4 MB"),
        ("Required field cannot be cleared", "is required and cannot be empty"),
        ("Is too short", "shorter than this field allows"),
        ("Is too long", "longer than this field allows"),
        ("Expected value to be a valid URL string: 'mike'", "“mike” is not a whole web address"),
        ("Expected value to be a valid URL string: ''", "not a whole web address"),
        ("Expected value to be an ItemRef: 'null'", "does not let go of the item"),
        ("Expected value to be an ItemRef: 'x'", "“x” is not an item"),
        ("Value must have at most 25 items", "25 entries at most"),
        ("Expected value to be a number", "takes a number"),
        ("Value (price) should be number", "takes a number"),
        ("Expected value to be an integer", "a whole number"),
        ("Expected value to be a boolean", "yes or no"),
        ("Expected value to be a string", "takes a text"),
        ("Expected value to be a list", "a list of values"),
        ("Expected value to be a URL", "a web address"),
        ("Expected value to be an email address", "an e-mail address"),
        ("Expected value to be a color", "a colour"),
        ("Expected value to be an ISO 8601 date", "a date"),
        ("Expected value to be the id of an option of this field", "none of the field's options"),
        ("Value must be at most 256 characters", "256 characters long at most"),
        ("should NOT be longer than 256 characters", "256 characters long at most"),
        ("Value must be at least 3 characters", "at least 3 characters"),
        ("Value must not be negative", "no negative numbers"),
        ("Value must be at most 9.5", "may be 9.5 at most"),
        ("should be >= -2", "must be at least -2"),
        ("Must be alphanumerical and not contain any spaces or special characters", "letters without accents"),
    ],
)
def test_known_texts_are_translated(text: str, words: str) -> None:
    sentence = explain((about(text),), "Validation Error")
    assert words in sentence
    assert "Webflow refused it and said" not in sentence


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("Validation Error: Field 'show-from-date': Field is required", "The field “show-from-date” is required"),
        (
            "Conflict: Conflict with server data: Live PATCH updates can't be applied to items that have never been "
            "published",
            "never published",
        ),
        ("Collection structure changed since the last publish", PUBLISH),
        ("Conflict: The collection structure changed since the last publish", PUBLISH),
        ("Conflict: The site is not published", PUBLISH),
        ("CONFLICT: THE SITE HASN'T BEEN PUBLISHED", PUBLISH),
        ("Conflict: Site has never been published", PUBLISH),
        ("Conflict: Site hasn’t been published yet", PUBLISH),
        ("Conflict: This item is still being used by: Oat mug", "Other items refer to this one"),
        ("Validation Error: [\"Value (fieldData) should have required property 'name'\"]", "A new item needs a name."),
        ("CMS item limit reached", "as many items as its plan allows"),
        ("You have reached the maximum number of CMS items for this plan", "as many items as its plan allows"),
        ("Validation Error: Missing fields", "nothing to change in this item"),
        ("Validation Error: Provided ID is invalid", "not one that Webflow gives"),
        ("Something new", "said: “Something new”"),
        ("", "said: “nothing”"),
    ],
)
def test_without_details_the_message_is_explained(message: str, words: str) -> None:
    assert words in explain((), message)


def test_unknown_texts_are_quoted_but_not_endlessly() -> None:
    assert explain((about("Odd thing"),), "Validation Error") == "Webflow refused it and said: “Odd thing”."
    assert len(explain((about("x" * 9999),), "")) < 400


def test_several_fields_are_named_and_nothing_is_said_twice() -> None:
    required, number = about("Field is required", "title"), about("Expected value to be a number")
    assert explain((required, number, required), "") == (
        "title: This field is required and cannot be empty. price: This field takes a number."
    )
    assert explain((required, required), "") == "This field is required and cannot be empty."


def test_details_without_words_leave_it_to_the_message() -> None:
    assert explain((about(""),), "Field is required") == "This field is required and cannot be empty."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Remote file failed to import", "Webflow could not fetch the file https://a.example/x.png. Check"),
        ("Remote file failed to import: Unsupported file type", "The file https://a.example/x.png is of a kind"),
        ("Remote image failed to import: File size limit reached", "The file https://a.example/x.png is larger"),
        (
            "Remote file failed to import: https://b.example/y.png",
            "Webflow could not fetch the file https://b.example/y.png",
        ),
    ],
)
def test_a_file_that_webflow_does_not_name_is_named_where_it_is_known(text: str, words: str) -> None:
    assert explain((about(text, "photo"),), "", {"photo": "https://a.example/x.png", "other": "no"}).startswith(words)


@pytest.mark.parametrize(
    ("message", "details", "is_full"),
    [
        ("Item limit reached", (), True),
        ("Validation Error", (about("The item limit of this site is reached", ""),), True),
        ("This plan's quota of 2,000 items is used up", (), True),
        ("Validation Error", (about("Value must have at most 25 items"),), False),
        ("Validation Error", (about("Has reached its limit of items", "gallery"),), False),  # a field's own
        ("Remote image failed to import: File size limit reached", (), False),
        ("Value (items) should NOT have more than 100 items", (), False),
        ("Rate limit exceeded", (), False),
    ],
)
def test_a_plan_that_is_full_is_told_from_the_limits_of_fields_files_and_requests(
    message: str, details: tuple[Detail, ...], is_full: bool
) -> None:
    assert lacks_room(message, details) is is_full
