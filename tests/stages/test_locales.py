"""Languages: every row finds the item in its own one, and changes that one only."""

import pytest

from lib.fields import ReadContext
from lib.model.item import Item
from lib.model.mapping import ColumnMapping, Match, Role
from lib.model.plan import Plan, SendChoices
from lib.model.site import Languages
from lib.stages.check import check
from lib.stages.plan import plan_changes
from lib.webflow.client import Webflow
from lib.webflow.wire import update_body
from tests.builders import a_sheet
from tests.conftest import Door


class Journal:
    """The demo journal: all stories in English, some of them in German too."""

    def __init__(self, door: Door, webflow: Webflow) -> None:
        self.webflow = webflow
        (site,) = webflow.sites()
        self.locales = site.locales
        self.english, self.german = (locale.cms_locale_id for locale in site.locales)
        self.collection = webflow.collection(door.collection_id("journal"))
        self.items = [*self.read(self.english), *self.read(self.german)]
        self.translated = [item.id for item in self.items if item.cms_locale_id == self.german]
        self.untranslated = next(item.id for item in self.items if item.id not in self.translated)

    def read(self, locale: str) -> list[Item]:
        return list(self.webflow.items(self.collection.id, cms_locale_id=locale))

    def plan(self, ids: list[str], summaries: list[str], locales: list[str], chosen: str) -> tuple[Plan, list[str]]:
        sheet = a_sheet({"Item ID": ids, "Summary": summaries, "Locale ID": locales})
        matches = (
            Match(column="Item ID", role=Role.ITEM_ID),
            Match(column="Summary", field_slug="summary"),
            Match(column="Locale ID", role=Role.LOCALE_ID),
        )
        mapping = ColumnMapping(matches=matches, key_column="Item ID")
        languages = Languages(chosen=chosen, known=self.locales)
        found = check(sheet, mapping, self.collection, self.items, ReadContext(), languages)
        plan = plan_changes(
            found, self.collection, SendChoices(), leave_out_errors=True, secondary_locales=(self.german,)
        )
        return plan, [problem.kind for problem in found.problems]

    def summaries(self, locale: str) -> dict[str, object]:
        return {item.id: item.field_data.get("summary") for item in self.read(locale)}


def test_a_row_changes_the_item_in_its_own_language_only(demo: Door) -> None:
    with demo.client() as webflow:
        journal = Journal(demo, webflow)
        before = journal.summaries(journal.english)
        item_id = journal.translated[0]
        plan, problems = journal.plan([item_id], ["Kurz."], [""], journal.german)
        webflow.write_items(journal.collection.id, plan.changes)
        assert problems == []
        assert update_body(plan.changes)["items"][0]["cmsLocaleId"] == journal.german
        assert journal.summaries(journal.german)[item_id] == "Kurz."
        assert journal.summaries(journal.english) == before


def test_both_languages_of_one_item_may_stand_in_one_file(demo: Door) -> None:
    with demo.client() as webflow:
        journal = Journal(demo, webflow)
        item_id = journal.translated[0]
        plan, problems = journal.plan([item_id] * 2, ["Short.", "Kurz."], ["", journal.german], journal.english)
        webflow.write_items(journal.collection.id, plan.changes)
        assert problems == []
        assert [change.cms_locale_id for change in plan.changes] == [None, journal.german]
        assert journal.summaries(journal.english)[item_id] == "Short."
        assert journal.summaries(journal.german)[item_id] == "Kurz."


def test_items_without_the_language_are_named_and_not_attempted(demo: Door) -> None:
    with demo.client() as webflow:
        journal = Journal(demo, webflow)
        plan, problems = journal.plan([journal.untranslated], ["Kurz."], [""], journal.german)
        assert (plan.changes, problems) == ((), ["Item not found"])


def test_the_same_item_and_language_twice_is_refused(demo: Door) -> None:
    with demo.client() as webflow:
        journal = Journal(demo, webflow)
        item_id = journal.translated[0]
        plan, problems = journal.plan([item_id] * 2, ["a", "b"], ["", journal.english], journal.english)
        assert (plan.changes, problems) == ((), ["Same item twice"])


@pytest.mark.parametrize("german", ["de", "DE", "German", " german ", "{id}"])
def test_a_language_may_be_named_by_its_id_its_tag_or_its_name(demo: Door, german: str) -> None:
    with demo.client() as webflow:
        journal = Journal(demo, webflow)
        item_id, text = journal.translated[0], german.format(id=journal.german)
        plan, problems = journal.plan([item_id] * 2, ["Short.", "Kurz."], ["", text], journal.english)
        assert problems == []
        assert [change.cms_locale_id for change in plan.changes] == [None, journal.german]


def test_a_language_that_the_site_does_not_have_is_named_with_those_that_it_has(demo: Door) -> None:
    with demo.client() as webflow:
        journal = Journal(demo, webflow)
        plan, problems = journal.plan(journal.translated[:1] * 2, ["a", "b"], ["fr", "en"], journal.german)
        assert problems == ["No such language"]
        assert [change.row for change in plan.changes] == [3]
