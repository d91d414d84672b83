"""A visitor's journey: what each choice makes untrue is gone after it, everything else stays, and all can be stored."""

import pickle
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from lib.model.item_table import ItemTable
from lib.model.mapping import Blanks
from lib.model.plan import LeaveOut, SendChoices, StatusChoice
from lib.model.site import Locale, Site
from lib.stages.read import UnreadableTab
from lib.stages.telling import TellEach
from lib.webflow.connection import Connection
from lib.workflow.checking import Checked
from lib.workflow.destination import Chosen, Connected, Live, Opened, Stage, Uploaded
from lib.workflow.journey import Journey
from lib.workflow.matching import Matched
from lib.workflow.planning import Decided, Planned
from lib.workflow.upload import File, Upload
from tests.builders import a_collection, a_field, a_sheet, an_id, an_item

ROAD = (Connected, Opened, Chosen, Uploaded, Matched, Checked, Decided, Planned)
PRICE = a_field("price", "Number")
NOTE = a_field("note")
COLLECTION = a_collection(PRICE, NOTE)
OTHER = a_collection(PRICE, id=an_id(0xC1), display_name="Other posts", slug="others")
ENGLISH = Locale(cms_locale_id=an_id(0xE0), display_name="English", tag="en", is_primary=True)
FRENCH = Locale(cms_locale_id=an_id(0xE1), display_name="French", tag="fr", is_primary=False)
SITE = Site(id=an_id(0xA0), display_name="Shop", short_name="shop", time_zone="Europe/Paris", locales=(ENGLISH, FRENCH))
ANOTHER_SITE = replace(SITE, id=an_id(0xA1), display_name="Magazine")
ITEMS = (an_item(1, {"price": 1, "note": "a"}), an_item(2, {"price": 2}))
READ_ON = datetime(2026, 1, 1, tzinfo=UTC)
BOTH = (an_id(0xE0), an_id(0xE1))
LIVE = Live(items=ItemTable(ITEMS), read_on=READ_ON, since=READ_ON, locales=BOTH)
SHEET = a_sheet({"Slug": ["item-1", "item-2", "item-9"], "Price": ["5", "2", "3"], "Note": ["", "b", "c"]})
FILE = File(id="1", upload=Upload(name="posts.csv", content=b"..."))
OTHER_FILE = File(id="2", upload=Upload(name="others.csv", content=b"..."))
TARGETS = {an_id(0xC2): (an_item(7),)}


def planned() -> Journey:
    """Everything done, as far as the plan."""
    chosen = Journey().connect((SITE, ANOTHER_SITE)).open_site(SITE, (COLLECTION, OTHER)).choose_locale(ENGLISH)
    matched = chosen.choose(COLLECTION, 2).bring(FILE).read(SHEET).match(LIVE)
    return matched.refer(TARGETS).check({}).decide(LeaveOut.ROWS).make_plan()


def last(journey: Journey) -> type[Stage]:
    assert journey.stage is not None
    return type(journey.stage)


def test_every_stage_holds_all_before_it() -> None:
    journey = planned()
    assert [type(journey.at(kind)) for kind in ROAD] == list(ROAD)
    plan = journey.at(Planned).plan
    assert {change.row: dict(change.after) for change in plan.changes} == {2: {"price": 5}, 3: {"note": "b"}}


def test_a_stage_that_was_not_reached_is_none_and_cannot_be_asked_for() -> None:
    journey = Journey().connect((SITE,))
    assert journey.reached(Chosen) is None
    with pytest.raises(LookupError, match="Chosen was not reached"):
        journey.at(Chosen)


def a_choice(journey: Journey) -> Journey:
    (note,) = [match for match in journey.at(Matched).mapping.matches if match.column == "Note"]
    return journey.rechoose(replace(note, blanks=Blanks.CLEAR))


@pytest.mark.parametrize(
    ("change", "reached"),
    [
        pytest.param(lambda one: one.connect((SITE,)), Connected, id="another connection"),
        pytest.param(lambda one: one.open_site(ANOTHER_SITE, (OTHER,)), Opened, id="another site"),
        pytest.param(lambda one: one.choose_locale(FRENCH), Opened, id="another language"),
        pytest.param(lambda one: one.choose(OTHER, 3), Uploaded, id="another collection, for the same file"),
        pytest.param(lambda one: one.bring(OTHER_FILE), Chosen, id="another file"),
        pytest.param(lambda one: one.bring(None), Chosen, id="the file is taken away"),
        pytest.param(lambda one: one.read_as(replace(FILE.upload, tab="2")), Chosen, id="the file read otherwise"),
        pytest.param(lambda one: one.forget_items(), Uploaded, id="the items read anew"),
        pytest.param(lambda one: one.find_by("Name"), Matched, id="another key"),
        pytest.param(lambda one: one.feed("Note", "name"), Matched, id="another field for a column"),
        pytest.param(a_choice, Matched, id="another way to read a column"),
        pytest.param(lambda one: one.check({}), Checked, id="checked again"),
        pytest.param(lambda one: one.decide(LeaveOut.NOTHING), Decided, id="another decision about errors"),
        pytest.param(lambda one: one.send_as(SendChoices(live=True)), Decided, id="another way to send"),
    ],
)
def test_a_choice_drops_what_was_made_from_the_one_before(
    change: Callable[[Journey], Journey], reached: type[Stage]
) -> None:
    before = planned()
    after = change(before)
    assert last(after) is reached
    assert after.plan is None
    assert before.plan is not None, "what was there before is not changed"


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        (lambda one: replace(one, stage=None), "file"),
        (lambda one: one.connect((SITE,)), "file"),
        (lambda one: one.open_site(ANOTHER_SITE, (OTHER,)), "file"),
        (lambda one: one.choose_locale(FRENCH), "file"),
        (lambda one: one.choose(OTHER, 3), "file"),
        (lambda one: replace(one, stage=None), "choices"),
        (lambda one: one.bring(OTHER_FILE), "choices"),
        (lambda one: one.forget_items(), "file"),
    ],
)
def test_the_file_and_the_way_to_send_are_taken_along(change: Callable[[Journey], Journey], stays: str) -> None:
    before = planned().send_as(SendChoices(status=StatusChoice.DRAFT))
    assert getattr(change(before), stays) is getattr(before, stays)


@pytest.mark.parametrize(
    "change", [lambda one: one.bring(OTHER_FILE), lambda one: one.bring(None), a_choice, lambda one: one.check({})]
)
def test_the_items_that_were_read_stay_with_their_collection(change: Callable[[Journey], Journey]) -> None:
    before = planned()
    assert change(before).at(Chosen).live is before.at(Matched).live
    assert before.at(Matched).live.targets == TARGETS


@pytest.mark.parametrize(
    "change",
    [lambda one: one.choose(COLLECTION, 2), lambda one: one.forget_items()],
    ids=["the collection chosen anew", "the items read anew"],
)
def test_items_of_another_collection_or_of_earlier_are_not_kept(change: Callable[[Journey], Journey]) -> None:
    assert change(planned()).at(Chosen).live is None


def test_how_columns_were_matched_outlives_the_items_but_not_the_file() -> None:
    before = a_choice(planned())
    mapping = before.at(Matched).mapping
    assert before.forget_items().match(LIVE).at(Matched).mapping == mapping
    assert before.forget_items().forget_items().match(LIVE).at(Matched).mapping == mapping
    assert before.bring(OTHER_FILE).read(SHEET).match(LIVE).at(Matched).mapping != mapping
    assert before.choose(COLLECTION, 2).match(LIVE).at(Matched).mapping != mapping


def test_rows_are_looked_for_again_only_where_the_mapping_finds_otherwise() -> None:
    before = planned().at(Matched).found
    assert a_choice(planned()).at(Matched).found.items.tolist() == before.items.tolist()
    journey = planned()
    assert a_choice(journey).at(Matched).found is journey.at(Matched).found
    by_note = journey.find_by("Note").at(Matched).found
    assert by_note.matched == 0


def test_a_file_that_was_never_read_is_no_stage() -> None:
    journey = planned().bring(OTHER_FILE).choose(OTHER, 3)
    assert last(journey) is Chosen
    assert journey.file is OTHER_FILE


def test_forgetting_items_before_any_were_chosen_changes_nothing() -> None:
    assert Journey().forget_items() == Journey()


def test_the_languages_to_read_are_the_chosen_one_and_those_the_file_names() -> None:
    sheet = a_sheet({"Slug": ["a", "b"], "Locale ID": [FRENCH.cms_locale_id, an_id(0xEE)]})
    journey = Journey().connect((SITE,)).open_site(SITE, (COLLECTION,)).choose_locale(ENGLISH)
    journey = journey.choose(COLLECTION, 2).bring(FILE).read(sheet)
    assert journey.locales == (ENGLISH.cms_locale_id, FRENCH.cms_locale_id)
    one_language = journey.open_site(replace(SITE, locales=()), (COLLECTION,)).choose(COLLECTION, 2)
    assert one_language.locales == ()


def test_texts_that_mean_an_item_are_used_as_said_and_the_others_not() -> None:
    sheet = a_sheet({"Slug": ["ITEM-1", "item-2"], "Price": ["5", "2"]})
    matched = planned().bring(FILE).read(sheet).match(LIVE)
    assert matched.at(Matched).found.matched == 1
    meant = matched.mean({"ITEM-1": True})
    assert meant.at(Matched).found.matched == 2
    assert meant.mean({"ITEM-1": False}).at(Matched).found.matched == 1


def test_rows_of_another_collection_are_counted_until_they_are_said_to_belong_here() -> None:
    sheet = a_sheet({"Slug": ["item-1", "item-2"], "Collection ID": [an_id(0xCC), COLLECTION.id]})
    matched = planned().bring(FILE).read(sheet).match(LIVE)
    assert matched.at(Matched).foreign == 1
    assert matched.belongs_here().at(Matched).foreign == 0


def test_what_the_pages_show_is_worked_out_once_for_each_stage() -> None:
    one = planned()
    matched, checked, plan = one.at(Matched), one.at(Checked), one.at(Planned)
    note = next(match for match in matched.mapping.matches if match.column == "Note")
    assert (matched.would_erase(note), matched.before.samples("Price")) == (1, ("5", "2", "3"))
    assert (checked.good, checked.bad, checked.warned, checked.tells_item_ids) == (2, 1, 0, True)
    assert list(plan.idle.columns) == ["Row", "What happens", "Why"]
    assert plan.fields == {"price": 1, "note": 1}
    assert checked.problems is checked.problems and plan.changes is plan.changes and matched.meant is matched.meant


def test_the_spec_of_a_run_says_all_that_its_results_need() -> None:
    journey = planned()
    spec = journey.at(Planned).spec(read_back=False)
    assert (spec.site, spec.collection, spec.plan, spec.file_name) == (SITE, COLLECTION, journey.plan, "posts.csv")
    assert (spec.read_on, spec.since, spec.read_back) == (LIVE.read_on, LIVE.since, False)
    assert spec.problems is not None
    assert list(spec.problems["kind"]) == ["Item not found"]


def test_what_was_looked_up_in_the_items_is_kept_while_the_matching_changes() -> None:
    """References are read later and another key may find the items: the items are the same all the while."""
    journey = planned()
    matched = replace(journey, stage=journey.at(Matched))
    items = matched.at(Matched).found.table
    for changed in (matched.refer(TARGETS), matched.refer({}).find_by("Note")):
        assert changed.at(Matched).live.items is items
        assert changed.at(Matched).found.table is items


@pytest.mark.parametrize("stage", ROAD)
def test_a_journey_can_be_stored_and_restored_equal(stage: type[Stage]) -> None:
    journey = replace(planned(), stage=planned().at(stage))
    assert_same(pickle.loads(pickle.dumps(journey)), journey)


def test_a_journey_holds_no_way_in_to_webflow_and_nothing_that_acts() -> None:
    journey = planned()
    for stage in ROAD:
        for name in dir(stage):
            if not name.startswith("_"):
                getattr(journey.at(stage), name)  # and what is derived, neither
    held = list(inside(journey))
    assert len(held) > 50
    assert not [one for one in held if isinstance(one, Connection) or (callable(one) and not isinstance(one, type))]


def inside(value: object) -> list[object]:
    """A value and all that it holds."""
    if isinstance(value, pd.Series):
        return [value, *(one for cell in value for one in inside(cell))]
    if isinstance(value, pd.DataFrame):
        return [value, *(one for name in value for one in inside(value[name]))]
    held: list[object] = []
    if is_dataclass(value) and not isinstance(value, type):
        held = list(
            vars(value).values() if hasattr(value, "__dict__") else (getattr(value, f.name) for f in fields(value))
        )
    elif isinstance(value, Mapping):
        held = [*value, *value.values()]
    elif isinstance(value, tuple | list | frozenset):
        held = list(value)
    return [value, *(one for part in held for one in inside(part))]


def assert_same(one: object, other: object) -> None:
    """Equal all the way down; tables have an equality of their own."""
    assert type(one) is type(other)
    if isinstance(one, pd.DataFrame) and isinstance(other, pd.DataFrame):
        pd.testing.assert_frame_equal(one, other)
    elif isinstance(one, pd.Series) and isinstance(other, pd.Series):
        pd.testing.assert_series_equal(one, other)
    elif isinstance(one, np.ndarray | pd.Index):
        np.testing.assert_array_equal(one, other)
    elif is_dataclass(one) and not isinstance(one, type):
        for part in (part for part in fields(one) if part.compare):  # others are kept for speed only
            assert_same(getattr(one, part.name), getattr(other, part.name))
    else:
        assert one == other


class Left(Exception):
    """Whoever waited does not want to any more."""


@pytest.mark.parametrize(
    ("step", "names"),
    [
        pytest.param(lambda one, tell: one.check({}, tell), ["Price", "Note"], id="check"),
        pytest.param(lambda one, tell: one.make_plan(tell), ["Price", "Note"], id="plan"),
    ],
)
def test_a_long_step_tells_of_every_column_before_it_and_ends_where_that_is_not_wanted(
    step: Callable[[Journey, TellEach], Journey], names: list[str]
) -> None:
    told: list[tuple[int, int, str]] = []
    step(planned(), lambda *how_far: told.append(how_far))
    assert told == [(number, len(names), name) for number, name in enumerate(names)]

    def leave(done: int, total: int, name: str) -> None:
        raise Left

    with pytest.raises(Left):
        step(planned(), leave)


def test_why_a_file_was_not_read_stays_until_it_is_tried_again_and_can_be_stored() -> None:
    why = UnreadableTab("This tab is empty.", SHEET.source)
    journey = planned().bring(FILE).leave_unread(why)
    kept = pickle.loads(pickle.dumps(journey)).file.unread
    assert (str(kept), kept.source) == (str(why), why.source)
    again = journey.read_as(FILE.upload).file
    assert again is not None and again.unread is None


def creating() -> Journey:
    named = a_sheet({"Slug": ["item-1", "mug"], "Name": ["Item 1", "Mug"], "Price": ["5", "2"]})
    chosen = Journey().connect((SITE,)).open_site(SITE, (COLLECTION,)).choose_locale(ENGLISH).choose(COLLECTION, 2)
    return chosen.bring(FILE).read(named).match(LIVE).create_new(True)


def test_rows_without_an_item_create_one_when_that_is_chosen_and_only_then() -> None:
    journey = creating()
    plan = journey.check({}).decide(LeaveOut.ROWS).make_plan().at(Planned).plan
    assert [(change.row, change.is_new, change.item_name) for change in plan.changes] == [
        (3, True, "Mug"),
        (2, False, "Item 1"),
    ]
    none = journey.create_new(False).check({}).decide(LeaveOut.ROWS).make_plan().at(Planned).plan
    assert [change.row for change in none.changes] == [2]


def test_the_choice_to_create_stays_with_the_file_and_ends_with_it() -> None:
    journey = creating()
    assert journey.forget_items().match(LIVE).at(Matched).creates
    assert journey.find_by("Name").at(Matched).creates
    other = journey.bring(OTHER_FILE).read(SHEET).match(LIVE)
    assert not other.at(Matched).creates


def test_nothing_is_created_in_a_secondary_language() -> None:
    journey = creating()
    opened = replace(journey.at(Opened), locale=FRENCH)
    chosen = replace(journey.at(Chosen), before=opened)
    abroad = replace(journey.at(Matched), before=replace(journey.at(Uploaded), before=chosen)).found_anew
    assert len(journey.at(Matched).creatable) == 1
    assert abroad.creatable == ()


def test_a_trial_sends_an_item_that_no_new_one_waits_for() -> None:
    planned = creating().check({}).decide(LeaveOut.ROWS).make_plan().at(Planned)
    assert planned.trial_item is not None
    assert [change.row for change in planned.trial().plan.changes] == [planned.trial_item.row]
    assert [change.row for change in planned.after_trial().plan.changes] == [2]
    assert planned.after_trial().trial_item is None, "a single item is no trial"
