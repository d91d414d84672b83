"""What README says is true: its paths, commands, settings and figures."""

import re
from pathlib import Path

import pytest

from lib.journal import drafts
from lib.sandbox.__main__ import parser
from lib.sandbox.faults import FaultKind
from lib.settings import SHARES, Settings
from lib.stages.read.limits import (
    MAX_BYTES,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    PATIENCE_SECONDS,
    READER_BYTES,
    READER_SECONDS,
)

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def tree() -> list[str]:
    block = README.split("## Where things are")[1].split("```")[1]
    paths, folder = [], ""
    for line in block.strip().splitlines():
        name = line.split()[0]
        folder = "" if not line.startswith(" ") else folder
        paths.append(folder + name)
        folder = name if not line.startswith(" ") and name.endswith("/") else folder
    return paths


@pytest.mark.parametrize("path", tree())
def test_every_path_in_the_tree_exists(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("path", re.findall(r"`([\w./-]+\.(?:py|txt|toml|example|png|yml))`|\((docs/[\w.]+)\)", README))
def test_every_named_file_exists(path: tuple[str, str]) -> None:
    assert (ROOT / (path[0] or path[1])).exists()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake (\w+)", README))))
def test_every_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize(
    "setting", sorted(set(re.findall(r"\b((?:WEBFLOW|JOURNAL|CAMPAIGN|DRAFTS|UPLOADS|RUNS|SIGN_IN)_[A-Z_]+)", README)))
)
def test_every_setting_is_read_somewhere(setting: str) -> None:
    assert setting.lower() in Settings.model_fields or setting.startswith("CAMPAIGN_")


def test_every_setting_is_in_the_table_with_its_default() -> None:
    for name, field in Settings.model_fields.items():
        (line,) = [line for line in README.splitlines() if line.startswith("| ") and f"`{name.upper()}`" in line]
        assert isinstance(field.default, str) or f"; {field.default:g} by default |" in line
    assert f"one visitor may take a {['', '', 'half', 'third', 'quarter', 'fifth'][SHARES]}:" in README


def test_the_sandbox_command_is_understood() -> None:
    (command,) = re.findall(r"python -m lib\.sandbox (.*)", README)
    given = parser().parse_args(command.split())
    assert (given.port, given.token, given.latency) == (8780, ["demo"], 0.2)


def test_faults_and_limits_are_the_real_ones() -> None:
    assert all(f"`{kind.value}`" in README for kind in FaultKind)
    assert (
        f"{MAX_BYTES // 1_000_000} MB, {MAX_ROWS:,} rows, {MAX_COLUMNS} columns and {MAX_CELLS:,} cells a file"
        in README
    )
    assert f"{READER_SECONDS} seconds of computing, on Linux at most {READER_BYTES // 1_000_000} MB" in README
    assert f"after {PATIENCE_SECONDS:.0f} seconds it ends everywhere" in README


def test_the_bounds_of_drafts_are_the_real_ones() -> None:
    most = Settings.model_fields["drafts_mb"].default
    kept = f"{drafts.MOST} drafts a person are kept, for {drafts.DAYS_KEPT} days, with files up to"
    assert f"{kept} {drafts.MOST_BYTES // 1_000_000} MB (compressed)" in README
    assert f"more than {most:g} MB, or one person's a fifth of that, the oldest of whoever holds most go" in README


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\]\(([\w-]+\.md)\)", (folder / "README.md").read_text()))
    assert listed == {path.name for path in folder.glob("*.md")} - {"README.md"}


def test_the_steps_are_the_pages() -> None:
    from pages.shared.steps import STEPS

    assert re.findall(r"^\| \*\*(\w+)\*\* \|", README, re.MULTILINE) == [step.title for step in STEPS]
    assert all((ROOT / step.path).exists() for step in STEPS)


def test_the_promise_is_the_docstring() -> None:
    import lib

    def words(text: str) -> list[str]:
        return re.findall(r"[A-Za-z]+", text)

    promise = next(line for line in README.splitlines() if line.startswith("> bytes"))
    told = words(promise)
    assert len(told) > 10 and words(lib.__doc__ or "")[: len(told)] == told


def test_the_requests_to_find_bad_rows_are_those_that_are_measured() -> None:
    from benchmarks.isolation import table

    lines = re.findall(r"^\| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", README, re.MULTILINE)
    assert [tuple(map(int, line)) for line in lines] == table()


def test_the_days_are_the_real_ones() -> None:
    from lib.settings import settings

    days = settings().journal_days
    assert f"for {days} days unless set otherwise" in README and f"kept; {days} by default" in README


def test_the_long_campaign_is_as_long_as_said() -> None:
    (runs,) = re.findall(r"^CAMPAIGN_RUNS \?= (\d+)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert f"restarts {runs} runs on each database" in README
