"""The token goes where the person who runs the app says, encrypted, and nowhere else."""

import pytest

from lib.errors import FlowsheetError
from lib.webflow.address import api_url


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
    assert api_url() == address.strip().rstrip("/")


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
def test_unsafe_addresses_are_not_used_and_not_repeated(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBFLOW_API_URL", address)
    with pytest.raises(FlowsheetError, match="WEBFLOW_API_URL") as error:
        api_url()
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("value", [None, "", "  "])
def test_without_configuration_it_is_webflow(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if value is None:
        monkeypatch.delenv("WEBFLOW_API_URL", raising=False)
    else:
        monkeypatch.setenv("WEBFLOW_API_URL", value)
    assert api_url() == "https://api.webflow.com/v2"
