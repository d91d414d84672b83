"""The licences of what the app installs, as its packages name them; `python -m tests.licences` writes them down."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "licences.md"
HEAD = """# Licences of what Flowsheet installs

Each package of `requirements.lock`, with the licence that it names itself; `make lock` writes this list.

| package | licence |
|---|---|
"""


def locked() -> list[str]:
    """The packages of the lock, each once."""
    return list(dict.fromkeys(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)))


def licence(package: str) -> str | None:
    """What an installed package says of its licence; None where it is not installed, as on another system."""
    try:
        told = metadata(package)
    except PackageNotFoundError:
        return None
    classifiers = (line for line in told.get_all("Classifier", []) if line.startswith("License ::"))
    named = ", ".join(line.rpartition(" :: ")[2] for line in classifiers)
    return told.get("License-Expression") or named or (told.get("License") or "not named").partition("\n")[0]


def listed() -> dict[str, str]:
    """The licences on the page, by package."""
    return dict(re.findall(r"^\| ([\w.-]+) \| (.+) \|$", PAGE.read_text(), re.MULTILINE)[1:]) if PAGE.exists() else {}


if __name__ == "__main__":
    before = listed()
    lines = (f"| {package} | {licence(package) or before.get(package, 'not named')} |\n" for package in locked())
    PAGE.write_text(HEAD + "".join(lines))
