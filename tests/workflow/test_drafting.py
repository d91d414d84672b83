"""A draft, stored and opened again, plans the same; what no longer holds by then is dropped."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from lib.journal import drafts
from lib.journal.database import Database
from lib.model.edits import Edit, Edits
from lib.model.item_table import ItemTable
from lib.model.mapping import Blanks, ReadingChoices
from lib.model.plan import LeaveOut, SendChoices, StatusChoice
from lib.model.site import Site
from lib.workflow.destination import Live, Uploaded
from lib.workflow.drafting import about, is_on_its_way, remembered, still_holds, taken_up, work_of
from lib.workflow.journey import Journey
from lib.workflow.matching import Matched
from lib.workflow.planning import Planned
from lib.workflow.upload import File, Upload
from tests.builders import a_collection, a_field, an_id, an_item

COLLECTION = a_collection(a_field("price", "Number"), a_field("note"))
ITEMS = ItemTable(an_item(number, {"price": number, "note": "a"}) for number in range(1, 5))
NOW = datetime(2026, 1, 1, tzinfo=UTC)
LIVE = Live(items=ITEMS, read_on=NOW, since=NOW)
SITE = Site(id=an_id(0xA0), display_name="Shop", short_name="shop", time_zone="Europe/Paris")
CONTENT = b"title\nSlug;Cost;Note\nitem-1;1,5;\nitem-2;2;b\nitem-3;x;c\nitem-4;7;a\n"
WITH_NEW = b"title\nSlug;Cost;Note;Name\nitem-1;1,5;;\nitem-2;2;b;\nitem-3;x;c;Item 3\nmug;7;a;Mug\nbowl;8;b;Bowl\n"
ROWS = some.integers(3, 6)
EDIT = some.one_of(
    some.builds(
        Edit,
        what=some.just("typed"),
        texts=some.dictionaries(
            some.sampled_from(["Cost", "Note"]),
            some.dictionaries(ROWS, some.sampled_from(["5", "6,5", "", "z"]), max_size=3),
            max_size=2,
        ),
    ),
    some.builds(
        Edit,
        what=some.just("kept"),
        kept=some.fixed_dictionaries({"Cost": some.frozensets(ROWS, max_size=2)}),
    ),
    some.builds(Edit, what=some.just("left out"), left_out=some.frozensets(ROWS, max_size=2)),
)
EDITS = some.builds(Edits, done=some.lists(EDIT, max_size=4).map(tuple), undone=some.lists(EDIT, max_size=2).map(tuple))


def chosen(live: Live = LIVE) -> Journey:
    return Journey().connect((SITE,)).open_site(SITE, (COLLECTION,)).choose(COLLECTION, len(live.items))


def read(journey: Journey) -> Journey:
    assert journey.file is not None
    return journey.read(journey.file.upload.read())


def planned(journey: Journey, leave_out: LeaveOut) -> Journey:
    return journey.check({}).decide(leave_out).make_plan()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    edits=EDITS,
    leave_out=some.sampled_from([LeaveOut.ROWS, LeaveOut.CELLS]),
    left_out=some.frozensets(ROWS, max_size=2),
    blanks=some.sampled_from(Blanks),
    choices=some.builds(
        SendChoices,
        status=some.sampled_from(StatusChoice),
        live=some.booleans(),
        new_as_drafts=some.booleans(),
        without_refused_files=some.booleans(),
    ),
    decimal=some.sampled_from([None, ",", "."]),
    creates=some.booleans(),
)
def test_a_draft_stored_and_restored_plans_the_same(
    journal: Database,
    edits: Edits,
    leave_out: LeaveOut,
    left_out: frozenset[int],
    blanks: Blanks,
    choices: SendChoices,
    decimal: str | None,
    creates: bool,
) -> None:
    upload = Upload(name="prices.csv", content=WITH_NEW, header_row=2, delimiter=";")
    one = read(chosen().bring(File(id="1", upload=upload))).match(LIVE).feed("Cost", "price")
    price = next(match for match in one.at(Matched).mapping.matches if match.column == "Cost")
    one = one.rechoose(replace(price, blanks=blanks, choices=ReadingChoices(decimal=decimal)))
    before = planned(one.create_new(creates).edit(edits).send_as(choices), leave_out)
    before = before.choose_items(before.at(Planned).leave_out(left_out))

    drafts.forget(journal, "me", "d1")
    drafts.save(journal, "me", about(before, "d1", "Preview", is_demo=False), work_of(before), upload.content)
    kept = drafts.opened(journal, "me", "d1")
    assert kept is not None
    draft, work, content = kept
    again = read(taken_up(chosen(), draft, work, content)).match(LIVE, remembered(draft, work))
    assert work.leave_out is leave_out
    after = planned(again, work.leave_out)

    assert after.at(Uploaded).edits == edits
    assert after.at(Planned).plan.changes == before.at(Planned).plan.changes
    assert after.at(Planned).counts == before.at(Planned).counts
    assert (after.choices, after.read_back) == (before.choices, before.read_back)


def test_a_field_that_is_gone_by_then_is_told(journal: Database) -> None:
    upload = Upload(name="prices.csv", content=CONTENT, header_row=2, delimiter=";")
    one = read(chosen().bring(File(id="1", upload=upload))).match(LIVE).feed("Cost", "price")
    draft, work = about(one, "d1", "Match", is_demo=False), work_of(one)
    less = a_collection(a_field("note"))
    now = Journey().connect((SITE,)).open_site(SITE, (less,)).choose(less, 4)
    again = read(taken_up(now, draft, work, CONTENT)).match(LIVE, remembered(draft, work)).at(Matched)
    assert again.reused is not None
    assert again.reused.dropped == ("“Cost” went to the field “price”, which cannot be filled any more.",)
    assert [match.field_slug for match in again.mapping.matches] == ["slug", None, "note"]


def test_a_draft_is_on_its_way_only_with_its_own_file_reading_and_collection() -> None:
    upload = Upload(name="prices.csv", content=CONTENT, header_row=2, delimiter=";")
    one = read(chosen().bring(File(id="1", upload=upload))).match(LIVE)
    draft, work = about(one, "d1", "Match", is_demo=False), work_of(one)
    again = taken_up(chosen(), draft, work, CONTENT)
    assert is_on_its_way(again, draft, work) and is_on_its_way(read(again), draft, work)
    other = a_collection(a_field("price", "Number"), id=an_id(0xC7))
    assert not is_on_its_way(again.choose(other, 4), draft, work)
    assert not is_on_its_way(again.read_as(replace(upload, header_row=1)), draft, work)
    assert not is_on_its_way(again.bring(File(id="2", upload=upload)), draft, work)
    assert not is_on_its_way(again.bring(None), draft, work)
    assert not is_on_its_way(again, draft, replace(work, locale_id=an_id(0xE1)))


def test_nobody_is_led_past_a_pair_that_no_longer_holds() -> None:
    upload = Upload(name="prices.csv", content=CONTENT, header_row=2, delimiter=";")
    one = read(chosen().bring(File(id="1", upload=upload))).match(LIVE).feed("Cost", "price")
    draft, work = about(one, "d1", "Check", is_demo=False), work_of(one)
    same = read(taken_up(chosen(), draft, work, CONTENT)).match(LIVE, remembered(draft, work)).at(Matched)
    assert still_holds(same, work)
    now = Journey().connect((SITE,)).open_site(SITE, (COLLECTION,)).choose(a_collection(a_field("note")), 4)
    less = read(taken_up(now, draft, work, CONTENT)).match(LIVE, remembered(draft, work)).at(Matched)
    assert not still_holds(less, work)
