"""Who is let in: whoever the provider vouches for and the list names, by the very address; and who it is."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.model.person import Person
from lib.settings import Settings
from lib.workflow import sign_in
from lib.workflow.sign_in import Refused, Why, judge

NOW = 1_800_000_000.0
LISTS = Settings(sign_in_emails="Ada@Example.com, bob@example.org", sign_in_domains="team.example, @shop.example")
NO_LIST = Settings()
DAY = 86_400


def claims(address: object = "ada@example.com", **others: object) -> dict[str, object]:
    told = {"iss": "https://id.example.com", "sub": "1", "iat": int(NOW) - 60, "nonce": secrets.token_hex(8)}
    return {"is_logged_in": True, "email": address, "email_verified": True, **told, **others}


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.com",
        "ADA@EXAMPLE.COM",
        "Bob@example.org",
        "anybody@team.example",
        "Anybody.Else+tag@Team.Example",
        "x@shop.example",
    ],
)
def test_whoever_is_listed_is_let_in(address: str) -> None:
    assert judge(claims(address), LISTS, NOW) == Person(name=address, key="https://id.example.com 1")


@pytest.mark.parametrize(
    "address",
    [
        "eve@example.com",
        "ada@example.com.evil.org",
        "ada@evilexample.com",
        "ada@example.co",
        "xada@example.com",
        "eve@evilteam.example",
        "eve@team.example.evil.org",
        "eve@sub.team.example",
        "eve@evil.org@team.example",
        '"eve@team.example"@evil.org',
        '"eve"@team.example',
        "eve@evil.org,x@team.example",
        "eve@evil.org x@team.example",
        "eve@evil.org\n@team.example",
        "eve@team.example\n",
        "eve@team.example.",
        " ada@example.com",
        "<ada@example.com>",
        "@team.example",
        "team.example",
        "eve@",
        "eve@TEAM\u2024example",
        "eve@team.e\u212aample",
        "\u0430da@example.com",
        "bo\u0062\u200b@example.org",
    ],
)
def test_an_address_that_only_looks_like_one_on_the_list_is_not_let_in(address: str) -> None:
    assert judge(claims(address), LISTS, NOW) == Refused(Why.NOT_LISTED, address)


def test_no_letter_of_another_alphabet_becomes_one_of_the_list() -> None:
    """The Kelvin sign is a small k once it is made small."""
    listed = Settings(sign_in_emails="kim@example.com", sign_in_domains="k.example")
    for address in ("\u212aim@example.com", "x@\u212a.example"):
        assert judge(claims(address), listed, NOW) == Refused(Why.NOT_LISTED, address)


@given(st.emails())
def test_no_other_address_is_let_in(address: str) -> None:
    is_listed = address.lower().endswith(("@team.example", "@shop.example"))
    assert isinstance(judge(claims(address), LISTS, NOW), Refused) is not is_listed


@pytest.mark.parametrize("proof", [True, "true", 1])
def test_what_proves_an_address_may_be_written_in_several_ways(proof: object) -> None:
    assert isinstance(judge(claims(email_verified=proof), LISTS, NOW), Person)


def test_microsoft_proves_an_address_in_words_of_its_own() -> None:
    assert isinstance(judge(claims(email_verified=None, xms_edov=True), LISTS, NOW), Person)
    assert judge(claims(email_verified=False, xms_edov=True), LISTS, NOW) == Refused(Why.UNPROVEN, "ada@example.com")


@pytest.mark.parametrize("proof", [False, None, "false", 0, "", "maybe", []])
def test_an_address_that_nobody_vouches_for_is_not_let_in_by_a_list(proof: object) -> None:
    assert judge(claims(email_verified=proof), LISTS, NOW) == Refused(Why.UNPROVEN, "ada@example.com")
    assert isinstance(judge(claims(email_verified=proof), NO_LIST, NOW), Person)


@pytest.mark.parametrize("address", [None, "", 7, ["ada@example.com"]])
def test_without_an_address_nobody_is_let_in_by_a_list(address: object) -> None:
    assert judge(claims(address), LISTS, NOW) == Refused(Why.NO_ADDRESS)


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"email": "ada@example.com"}, "ada@example.com"),
        ({"email": None, "preferred_username": "ada", "name": "Ada L."}, "ada"),
        ({"email": None, "name": "Ada L."}, "Ada L."),
        ({"email": None}, "Somebody who signed in"),
    ],
)
def test_without_a_list_whoever_the_provider_lets_in_is_let_in(told: dict[str, object], name: str) -> None:
    assert judge(claims(**told), NO_LIST, NOW) == Person(name=name, key="https://id.example.com 1")


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"is_logged_in": False},
        claims(is_logged_in=False),
        claims(is_logged_in="true"),
        claims(iss=None),
        claims(sub=""),
        claims(iat=None),
        claims(iat="yesterday"),
    ],
)
def test_whoever_no_provider_names_is_signed_out(told: dict[str, object]) -> None:
    assert judge(told, NO_LIST, NOW) == Refused(Why.SIGNED_OUT)


@pytest.mark.parametrize(("days", "is_in"), [(0.0, True), (29.9, True), (30.1, False), (400.0, False)])
def test_a_sign_in_ends_after_as_many_days_as_the_setting_says(days: float, is_in: bool) -> None:
    told = claims(iat=NOW - days * DAY)
    assert isinstance(judge(told, NO_LIST, NOW), Person) is is_in
    assert isinstance(judge(told, Settings(sign_in_days=400), NOW), Person)


def test_a_sign_in_that_was_ended_is_over_for_all_who_hold_it_and_the_next_one_is_not() -> None:
    first, second = claims(), claims()
    sign_in.end(first)
    assert judge(first, NO_LIST, NOW) == Refused(Why.ENDED)
    assert isinstance(judge(second, NO_LIST, NOW), Person)


def test_a_person_is_told_by_issuer_and_subject_whatever_becomes_of_the_address() -> None:
    def key(**told: object) -> str:
        found = judge(claims(**told), NO_LIST, NOW)
        assert isinstance(found, Person)
        return found.key

    assert key(sub="1", address="ada@example.com") == key(sub="1", address="ada@other.example")
    assert key(sub="1") != key(sub="2")
    assert key(sub="1") != key(sub="1", iss="https://elsewhere.example.com")
