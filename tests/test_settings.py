"""Settings are read in one place; the token goes where the person who runs the app says, encrypted, nowhere else."""

import pytest

from lib.errors import FlowsheetError
from lib.settings import one_by_one, settings


@pytest.mark.parametrize(
    "address",
    [
        "https://api.webflow.com/v2",
        "https://proxy.example.com/v2/",
        "https://proxy.example.com:8443/deep/path",
        "http://127.0.0.1:8780/v2",
        "http://localhost:8780/v2",
        "http://[::1]:8780/v2",
        "  https://proxy.example.com/v2\n",
    ],
)
def test_safe_addresses_are_used(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBFLOW_API_URL", address)
    assert settings().webflow_api_url == address.strip().rstrip("/")


@pytest.mark.parametrize("name", ["WEBFLOW_API_URL", "WEBFLOW_REDIRECT_URL", "WEBFLOW_AUTHORIZE_URL"])
@pytest.mark.parametrize(
    "address",
    [
        "http://proxy.example.com/v2",
        "http://127.0.0.1.example.com/v2",
        "http://localhost@example.com/v2",
        "http://localhost\\@example.com/v2",
        "https://me:secret@example.com/v2",
        "https://:secret@example.com/v2",
        "https://example.com:port/v2",
        "https://[bad/v2",
        "https://exam ple.com/v2",
        "https://example.com/v2?a=1",
        "https://example.com/v2#a",
        "https:///v2",
        "ftp://example.com",
        "file:///etc/passwd",
        "nonsense",
    ],
)
def test_unsafe_addresses_are_not_used_and_not_repeated(
    name: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, address)
    with pytest.raises(FlowsheetError, match=f"^The address in {name} ") as error:
        settings()
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("value", [None, "", "  "])
def test_without_configuration_it_is_webflow(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if value is None:
        monkeypatch.delenv("WEBFLOW_API_URL", raising=False)
    else:
        monkeypatch.setenv("WEBFLOW_API_URL", value)
    assert settings().webflow_api_url == "https://api.webflow.com/v2"


@pytest.mark.parametrize(("text", "days"), [("", 30), (" 7 ", 7), ("0", None), ("-1", None), ("many", None)])
def test_how_long_runs_are_kept_is_a_setting(monkeypatch: pytest.MonkeyPatch, text: str, days: int | None) -> None:
    monkeypatch.setenv("JOURNAL_DAYS", text)
    if days is None:
        with pytest.raises(FlowsheetError, match=r"^JOURNAL_DAYS .* whole number"):
            settings()
    else:
        assert settings().journal_days == days


@pytest.mark.parametrize(("text", "seconds"), [("", 60), ("1.5", 1.5), ("0", None), ("601", None), ("nan", None)])
def test_how_long_an_answer_may_take_is_a_setting(
    monkeypatch: pytest.MonkeyPatch, text: str, seconds: float | None
) -> None:
    monkeypatch.setenv("WEBFLOW_TIMEOUT_SECONDS", text)
    if seconds is None:
        with pytest.raises(FlowsheetError, match=r"^WEBFLOW_TIMEOUT_SECONDS .* from 1 to 600"):
            settings()
    else:
        assert settings().webflow_timeout_seconds == seconds


@pytest.mark.parametrize("name", ["JOURNAL_MB", "DRAFTS_MB", "UPLOADS_MB", "RUNS_AT_ONCE"])
@pytest.mark.parametrize("text", ["0", "-1", "many", "nan", "inf"])
def test_what_visitors_may_take_together_is_a_number_above_0(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(FlowsheetError, match=rf"^{name} says how .* above 0\.$"):
        settings()
    monkeypatch.setenv(name, " 7 ")
    assert getattr(settings(), name.lower()) == 7


@pytest.mark.parametrize(
    ("name", "text", "entries"),
    [
        ("SIGN_IN_EMAILS", "", set()),
        ("SIGN_IN_EMAILS", " Ada@Example.com ,, bob+x@example.org,", {"ada@example.com", "bob+x@example.org"}),
        ("SIGN_IN_DOMAINS", "Example.com, @example.org", {"example.com", "example.org"}),
    ],
)
def test_who_may_sign_in_is_a_list_with_commas(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, entries: set[str]
) -> None:
    monkeypatch.setenv(name, text)
    assert one_by_one(getattr(settings(), name.lower())) == entries


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("SIGN_IN_EMAILS", "ada"),
        ("SIGN_IN_EMAILS", "ada@example.com bob@example.com"),
        ("SIGN_IN_EMAILS", "ada@example.com; bob@example.com"),
        ("SIGN_IN_EMAILS", "@example.com"),
        ("SIGN_IN_EMAILS", ","),
        ("SIGN_IN_DOMAINS", ","),
        ("SIGN_IN_DOMAINS", "*.example.com"),
        ("SIGN_IN_DOMAINS", "*"),
        ("SIGN_IN_DOMAINS", "ada@example.com"),
        ("SIGN_IN_DOMAINS", "example.com example.org"),
        ("SIGN_IN_DOMAINS", "https://example.com"),
        ("SIGN_IN_DOMAINS", '["example.com"]'),
        ("SIGN_IN_DAYS", "0"),
        ("SIGN_IN_DAYS", "for ever"),
    ],
)
def test_a_list_that_nobody_could_be_on_is_said_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(FlowsheetError, match=rf"^{name} ") as error:
        settings()
    assert len(text) < 2 or text not in str(error.value)


def test_where_webflow_leads_people_back_to_stays_as_it_is_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBFLOW_REDIRECT_URL", " https://flowsheet.example.com/ ")
    assert settings().webflow_redirect_url == "https://flowsheet.example.com/"


@pytest.mark.parametrize("name", ["WEBFLOW_SHARED_TOKEN", "WEBFLOW_CLIENT_SECRET"])
def test_a_secret_is_in_no_text_of_the_settings(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "marked-91d0")
    assert getattr(settings(), name.lower()) == "marked-91d0"
    assert "marked-91d0" not in f"{settings()!r} {settings()}"
