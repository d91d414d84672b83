"""The lock holds what requirements.txt asks for, each at one version with the hashes of its files."""

import re
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


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.name)
def test_what_is_asked_for_is_locked_within_its_range(asked: Requirement) -> None:
    pins = [pin for pin in PINS if canonicalize_name(pin.name) == canonicalize_name(asked.name)]
    versions = [spec.version for pin in pins for spec in pin.specifier]
    assert versions and all(version in asked.specifier for version in versions)


def test_every_line_is_one_version_with_hashes() -> None:
    text = (ROOT / "requirements.lock").read_text()
    assert len(PINS) > len(ASKED) and len(PINS) == len(re.findall(r"^[^\s#]", text, re.MULTILINE))
    assert all([spec.operator for spec in pin.specifier] == ["=="] for pin in PINS)
