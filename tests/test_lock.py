"""The lock holds what requirements.txt asks for, each at one version with the hashes of its files, and nothing else;
what is installed agrees with it and with itself.

Whether a release was yanked, or has a hole that is known by now, no file here can tell: see CONTRIBUTING.
"""

import re
from collections.abc import Iterable
from importlib.metadata import distributions, requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
ASKED = [
    Requirement(line)
    for line in (ROOT / "requirements.txt").read_text().splitlines()
    if line and not line.startswith("#")
]
LOCKED = re.findall(
    r"^(\S+==\S+[^\\\n]*) \\\n((?: {4}--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    (ROOT / "requirements.lock").read_text(),
    re.MULTILINE,
)
PINS = [Requirement(pin) for pin, _ in LOCKED]
HERE = {canonicalize_name(pin.name): pin for pin in PINS if pin.marker is None or pin.marker.evaluate()}
INSTALLED = {canonicalize_name(one.name): one.version for one in distributions()}


def needed(package: str, extra: str = "") -> list[Requirement]:
    """What an installed package asks for on this system."""
    asked = map(Requirement, requires(package) or ())
    return [one for one in asked if one.marker is None or one.marker.evaluate({"extra": extra})]


def closure(asked: Iterable[Requirement]) -> set[str]:
    """The names of these packages, and of all that come with them."""
    seen: set[tuple[str, str]] = set()
    waiting = list(asked)
    while waiting:
        one = waiting.pop()
        for package in {(canonicalize_name(one.name), extra) for extra in ("", *one.extras)} - seen:
            seen.add(package)
            waiting += needed(*package)
    return {name for name, _ in seen}


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.name)
def test_what_is_asked_for_is_locked_within_its_range(asked: Requirement) -> None:
    pins = [pin for pin in PINS if canonicalize_name(pin.name) == canonicalize_name(asked.name)]
    versions = [spec.version for pin in pins for spec in pin.specifier]
    assert versions and all(version in asked.specifier for version in versions)


def test_every_line_is_one_version_with_hashes() -> None:
    text = (ROOT / "requirements.lock").read_text()
    assert len(PINS) > len(ASKED) and len(PINS) == len(re.findall(r"^[^\s#]", text, re.MULTILINE))
    assert all([spec.operator for spec in pin.specifier] == ["=="] for pin in PINS)


def test_whatever_comes_with_the_app_is_locked_and_nothing_else_is() -> None:
    assert closure(ASKED) == set(HERE)


def test_the_lock_satisfies_what_its_own_packages_ask_for() -> None:
    as_locked = [name for name, pin in HERE.items() if version(name) in pin.specifier]
    asked = [one for name in as_locked for one in needed(name)]
    assert asked and not [str(one) for one in asked if not _allows(one, HERE[canonicalize_name(one.name)])]


def _allows(asked: Requirement, pin: Requirement) -> bool:
    return all(_takes(asked, spec.version) for spec in pin.specifier)


def test_no_installed_package_asks_for_what_is_missing_or_another_version() -> None:
    """What `pip check` looks for."""
    asked = {(name, str(one)): one for name in INSTALLED for one in needed(name)}
    versions = {pair: INSTALLED.get(canonicalize_name(one.name)) for pair, one in asked.items()}
    assert not [pair for pair, found in versions.items() if not found or not _takes(asked[pair], found)]


def _takes(asked: Requirement, found: str) -> bool:
    return asked.specifier.contains(found, prereleases=True)
