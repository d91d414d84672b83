"""The Help page answers anybody, with the figures that hold, and nobody loses an import by reading it."""

import pytest
from streamlit.testing.v1 import AppTest

from lib.settings import settings
from lib.stages.read import limits
from pages.about import answers
from pages.shared import steps
from tests.pages.walk import HEADER, said, to_match, visit

PAGE = steps.HELP.path
TOPICS = (
    "token never item-id new-items languages empty-cells references options images page-addresses publishing limits "
    "drafts others undo"
)


def opened(app: AppTest) -> AppTest:
    return app.switch_page(PAGE).run()


def test_help_needs_no_token_and_every_question_of_its_list_has_an_answer(app: AppTest) -> None:
    opened(app)
    assert visit(app).connection is None and not app.error
    assert [header.anchor for header in app.header] == TOPICS.split()
    listed = app.markdown[0].value
    for header in app.header:
        assert f"- [{header.value}](#{header.anchor})" in listed
    assert all(len(one.answer.split()) > 20 for one in answers.questions())


def test_its_figures_are_those_that_files_are_held_to(app: AppTest) -> None:
    told = said(opened(app))
    assert f"{limits.MAX_BYTES // 1_000_000} MB, {limits.MAX_ROWS:,} rows, {limits.MAX_COLUMNS} columns" in told
    assert f"{limits.MAX_CELLS:,} cells" in told


@pytest.mark.parametrize("days", [7, 90])
def test_it_says_for_how_many_days_a_run_can_be_undone_here(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    monkeypatch.setenv("JOURNAL_DAYS", str(days))
    assert settings().journal_days == days
    assert f"for {days} days" in said(opened(app))


def test_every_page_leads_to_it_and_it_leads_back_with_nothing_lost(app: AppTest) -> None:
    assert "Help" in {link.label for link in app.get("page_link")}
    to_match(app, HEADER + "sea-glass-mug-small,23.75,x,no\n")
    journey = visit(app).journey
    assert "Help" in {link.label for link in app.get("page_link")}
    opened(app)
    assert "Back to the import: Check" in {link.label for link in app.get("page_link")}
    assert visit(app).journey is journey


def test_no_word_of_it_is_one_that_only_developers_use() -> None:
    words = " ".join(one.title + one.answer for one in answers.questions()).casefold()
    assert not [word for word in ("payload", "patch", "schema", "fielddata", "upsert", "validation") if word in words]
