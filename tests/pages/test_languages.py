"""Every page speaks the language of the browser or the one that was chosen, whatever was said before."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from lib.model.plan import LeaveOut
from lib.words import say as say_module
from lib.words.language import Language, speaking, spoken
from lib.workflow import drafting
from lib.workflow.destination import Chosen
from lib.workflow.planning import Planned
from pages.parts import connect_picture
from pages.shared import languages, steps, tables
from tests.pages.conftest import ROOT
from tests.pages.walk import (
    click,
    live_items,
    press,
    run_to_the_end,
    said,
    stage,
    to_check,
    to_preview,
    to_submit,
    to_upload,
    visit,
)

FILE = "Slug,Price,On sale,Category\nsea-glass-mug-small,23.75,no,\noat-mug-small,free,yes,Bowlz\nno-such-mug,1,,\n"
SIGNS = re.compile(
    r"(?s)<(script|style)>.*?</\1>|:material/\w+:|:[a-z]+(-\w+)?\[|<[^>]*>|\]\(#[\w-]+\)|https?:\S+|&\w+;"
)
OPEN, CLOSE = "⟦", "⟧"
OF_WORDS = [f"{OPEN}{column}{CLOSE}" for column in ("Why", "Problem", "Level", "How to fix it", "What happens")]
SAID = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
SHOWN = ("label", "body", "help", "placeholder", "options", "text", "delta", "title", "tooltip")
# Names that are the same in every language, and what one language calls itself.
NAMES = {"Flowsheet", "Webflow", "CSV", "Excel", "HTML", "JSON", "UTC", "English", "Deutsch"}


class Marked:
    """A catalogue that puts every text in brackets, so that what was not said by it is seen."""

    def gettext(self, text: str) -> str:
        return f"{OPEN}{text}{CLOSE}"

    def ngettext(self, one: str, many: str, number: int) -> str:
        return f"{OPEN}{one if number == 1 else many}{CLOSE}"


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A browser in Vienna; `AppTest` itself composes what is chosen in boxes, so it has to speak German, too."""
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda self: {}))
    monkeypatch.setattr(ContextProxy, "locale", property(lambda self: "de-AT"))
    with speaking(Language.GERMAN):
        yield


@pytest.fixture
def marked(german: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(say_module, "catalogue", lambda language: Marked())


def shown(app: AppTest) -> Iterator[str]:
    """Every text on the page that a person reads, in whatever element."""
    for element in app.main:
        proto = getattr(element, "proto", None)
        for name in SHOWN:
            found = getattr(proto, name, None)
            texts = found if isinstance(found, Iterable) and not isinstance(found, str) else [found]
            yield from (text for text in texts if isinstance(text, str))
    for frame in app.dataframe:
        yield from map(str, frame.value.columns)
        for column in set(OF_WORDS) & set(frame.value.columns):
            yield from map(str, frame.value[column])


def unfolded(app: AppTest, folds: Sequence[str]) -> AppTest:
    for fold in folds:
        app.session_state[fold] = True
    return app.run()


def unsaid(text: str) -> str:
    """What of a text was not said by the catalogue."""
    text = SIGNS.sub(" ", text.replace("\\", ""))
    while (less := SAID.sub(" ", text)) != text:
        text = less
    return text


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", text))


def names_at_hand(app: AppTest) -> set[str]:
    """What stands in the file and on the site, in no language of ours."""
    known = words(FILE) | words("prices.csv") | NAMES
    state = visit(app)
    if chosen := state.journey.reached(Chosen):
        known |= words(" ".join([f"{field.display_name} {field.slug}" for field in chosen.collection.fields]))
        known |= words(f"{chosen.collection.display_name} {chosen.before.site.display_name}")
        known |= words(" ".join(f"{item.name} {item.slug} {item.field_data}" for item in live_items(app).values()))
        known |= words(" ".join(one.display_name for one in chosen.before.collections))
    return known


def check(app: AppTest, names: set[str]) -> None:
    assert not app.exception
    told = list(shown(app))
    assert sum(OPEN in text for text in told) > 5, "the page says something"
    found = {text: sorted(left) for text in told if (left := words(unsaid(text)) - names)}
    assert not found


def test_nothing_on_the_road_is_said_but_by_the_catalogue(app: AppTest, marked: None) -> None:
    check(app.run(), NAMES | words(connect_picture.SHEET + connect_picture.CHANGES))
    to_upload(app)
    names = names_at_hand(app)
    check(app, names)
    app.file_uploader(key="file").set_value(("prices.csv", FILE.encode(), "text/csv"))
    check(app.run(), names)
    for folds in ([], ["part_problems", "part_rows"], ["developers", "by_field"], []):
        click(app, "next")
        check(unfolded(app, folds), names)
    run_to_the_end(app)
    check(unfolded(app, ["part_left out", "part_updated"]), names)
    for page in (steps.HISTORY, steps.UNDO, steps.HELP):
        check(app.switch_page(page.path).run(), names)


def test_a_page_is_in_the_language_of_the_browser(app: AppTest, german: None) -> None:
    app.run()
    assert "Webflow-Collection" in app.title[0].value
    assert f"language-{Language.ENGLISH}" in {button.key for button in app.button}


def test_whoever_chooses_another_language_stays_where_they_are_and_reads_what_was_found_anew(app: AppTest) -> None:
    to_check(app, FILE)
    press(app, "Leave 1 cell as in Webflow")
    work = drafting.work_of(visit(app).journey)
    assert app.title[0].value == "Do all values fit?" and "Expected:" in said(app)
    click(app, f"language-{Language.GERMAN}")
    assert app.title[0].value == "Passen alle Werte?" and "Erwartet:" in said(app)
    assert drafting.work_of(visit(app).journey) == work and work.edits.done
    click(app, f"language-{Language.ENGLISH}")
    assert app.title[0].value == "Do all values fit?" and "Expected:" in said(app)


def test_a_download_is_made_in_the_language_of_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[Callable[[], bytes]] = []
    monkeypatch.setattr(tables.st, "download_button", lambda label, make, **options: given.append(make))
    with speaking(Language.GERMAN):
        tables.download("Rows", lambda: spoken().encode(), "rows.csv", key="rows")
    with ThreadPoolExecutor() as elsewhere:
        assert elsewhere.submit(given[0]).result() == b"de"


def test_a_draft_that_is_on_its_way_back_keeps_what_was_done_in_it(app: AppTest) -> None:
    to_preview(app, FILE)
    state = visit(app)
    work = replace(drafting.work_of(state.journey), leave_out=LeaveOut.CELLS)
    state.resuming = (drafting.about(state.journey, str(state.draft and state.draft[0]), "Preview", is_demo=True), work)
    click(app, f"language-{Language.GERMAN}")
    assert drafting.work_of(visit(app).journey) == work


def test_after_a_trial_nothing_is_read_again_in_another_language(app: AppTest) -> None:
    to_preview(app, FILE)
    journey = visit(app).journey
    visit(app).trial = "sent"
    click(app, f"language-{Language.GERMAN}")
    assert visit(app).journey is journey


def test_what_was_decided_outlives_another_language(app: AppTest) -> None:
    to_preview(app, FILE)
    work, counts = drafting.work_of(visit(app).journey), stage(app, Planned).counts
    click(app, f"language-{Language.GERMAN}")
    assert drafting.work_of(visit(app).journey) == work
    assert stage(app, Planned).counts == counts and work.leave_out is LeaveOut.ROWS


def test_a_choice_is_kept_by_the_browser_and_comes_before_what_it_asks_for(
    app: AppTest, german: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    click(app.run(), f"language-{Language.ENGLISH}")
    scripts = "".join(str(html.proto.body) for html in app.get("html"))
    assert f'"{languages.COOKIE}=en; Path=/' in scripts and 'lang = "en"' in scripts
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda self: {languages.COOKIE: "en"}))
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert again.title[0].value == "Update your Webflow collection from a spreadsheet"


def test_a_run_writes_down_what_it_meets_in_the_language_of_who_started_it(app: AppTest, german: None) -> None:
    to_submit(app, FILE)
    run_to_the_end(app)
    report = visit(app).report
    assert report is not None and report.spec.language is Language.GERMAN
