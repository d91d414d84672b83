"""Publishing in words: what would go wrong, with numbers and a way, what the button does, and what visitors see."""

from streamlit.testing.v1 import AppTest

from lib.journal import views
from lib.journal.database import database
from lib.model.row_status import RowStatus
from lib.model.run import RunKind
from lib.workflow.connect import sites
from lib.workflow.demo import demo_server
from lib.workflow.destination import Chosen
from lib.workflow.planning import Planned
from tests.conftest import Door
from tests.pages.revisit import GOOD, PUBLISH, RESULTS, SLUGS, another_visit, at, edit, keys, run_of
from tests.pages.walk import (
    click,
    run_to_the_end,
    said,
    stage,
    to_preview,
    to_submit,
    visit,
    wait_for_runs,
)

HOSTILE = "![x](https://evil.example/a.png) <b>Hidden</b> :red[trap]"


def door(app: AppTest) -> Door:
    return Door(demo_server(), visit(app).way_in.token)


def path_of(app: AppTest, slug: str) -> str:
    there = door(app)
    item = next(one for one in there.each_item("products") if one["fieldData"]["slug"] == slug)
    return f"/collections/{there.collection_id('products')}/items/{item['id']}"


def archive(app: AppTest, slug: str) -> None:
    assert door(app).call("PATCH", path_of(app, slug), {"isArchived": True}).status_code == 200


def new_category(app: AppTest, name: str) -> str:
    there = door(app)
    path = f"/collections/{there.collection_id('categories')}/items"
    return str(there.call("POST", path, {"fieldData": {"name": name}}).json()["id"])


def ended(app: AppTest) -> str:
    """An import of three items that has ended; the page is that of its publishing."""
    to_submit(app, GOOD)
    run_to_the_end(app)
    return run_of(app)


def the_site(app: AppTest, **changes: object) -> None:
    world = demo_server().service.worlds[visit(app).way_in.token]
    world.site = world.site | changes


def test_where_nothing_is_in_the_way_the_page_is_short(app: AppTest) -> None:
    ended(app)
    click(app, "publish")
    assert app.title[0].value == "Publish this run?" and "3 items updated in **Products**" in said(app)
    assert "3 items of this run = 3 will be published" in said(app)
    assert not app.warning and not app.error and not app.info
    assert app.button(key="publish_now").label == "Publish 3 items"
    assert "1 request to send" in said(app)
    assert click(app, "back").title[0].value == "3 items updated"


def test_what_cannot_be_published_is_counted_named_and_not_sent(app: AppTest) -> None:
    first = ended(app)
    archive(app, SLUGS[0])
    edit(app, SLUGS[1], price=77)
    click(app, "publish")
    assert "3 items of this run = 1 will be published + 1 changed since + 1 archived" in said(app)
    assert "**1 item is archived and left out**: “Sea Glass Mug, Small”." in said(app)
    assert "take it out of the archive in Webflow, then read again." in said(app)
    assert "**1 item will be held back**, since somebody changed it after the run: “Sea Glass Mug, M" in said(app)
    assert app.button(key="publish_now").label == "Publish 1 item"
    click(app, "publish_now")
    wait_for_runs()
    ((second, _),) = views.children_of(database(), [first], RunKind.PUBLISH)[first]
    at(app, RESULTS, second)
    assert app.title[0].value == "1 of 2 items published"
    assert "3 items = 1 published + 0 already published + 1 left out + 1 held back + 0 failed" in said(app)
    assert "publish" in keys(at(app, RESULTS, first))  # there is something left


def test_reading_again_finds_what_was_mended(app: AppTest) -> None:
    ended(app)
    for slug in SLUGS:
        archive(app, slug)
    click(app, "publish")
    assert "There is nothing to publish now." in said(app)
    assert "**3 items are archived and left out**" in said(app) and "publish_now" not in keys(app)
    for slug in SLUGS:
        body = {"isArchived": False}
        assert door(app).call("PATCH", path_of(app, slug), body).status_code == 200
    click(app, "look_again")
    assert "3 items of this run = 0 will be published + 3 changed since" in said(app)


def test_a_site_that_was_never_published_is_told_with_the_way_and_nothing_is_forbidden(app: AppTest) -> None:
    ended(app)
    before = dict(demo_server().service.worlds[visit(app).way_in.token].site)
    the_site(app, lastPublished=None)
    click(app, "publish")
    assert "**Tidepool Goods was never published**, so Webflow refuses to publish its items." in said(app)
    button = app.button(key="publish_now")
    assert (button.label, button.proto.type) == ("Publish 3 items all the same", "secondary")
    the_site(app, lastPublished=before["lastPublished"])
    click(app, "look_again")
    assert "never published" not in said(app) and app.button(key="publish_now").label == "Publish 3 items"


def test_a_structure_that_changed_is_told_as_a_guess(app: AppTest) -> None:
    ended(app)
    token, products = visit(app).way_in.token, stage(app, Chosen).collection.id
    field = {"collectionId": products, "type": "PlainText", "displayName": "Shelf"}
    demo_server().plant(token, fields=[field])
    click(app, "publish")
    assert "**Products was changed after the site was last published**" in said(app)
    assert "Webflow may refuse to publish its items" in said(app)
    assert app.button(key="publish_now").proto.type == "primary"


def test_references_to_what_was_never_published_are_named_and_hostile_names_do_nothing(app: AppTest) -> None:
    click(app, "demo")
    hidden = new_category(app, HOSTILE)
    for slug in SLUGS[:2]:
        assert door(app).call("PATCH", path_of(app, slug), {"fieldData": {"category": hidden}}).status_code == 200
    to_submit(app, GOOD)
    run_to_the_end(app)
    click(app, "publish")
    (told,) = (one.value for one in app.warning)
    assert told.startswith("**2 items refer to 1 item that was never published**: “")
    assert "Publish it in Webflow, now or later; nothing has to be sent again." in told
    assert "![" not in told and "<b>" not in told and ":red[" not in told
    app.session_state["part_unseen"] = True
    table = next(frame.value for frame in app.run().dataframe if "Refers to" in frame.value)
    assert list(table["Refers to"]) == [HOSTILE] * 2 and list(table["Field"]) == ["Category"] * 2
    assert app.button(key="publish_now").label == "Publish 3 items"


def test_where_the_references_cannot_be_read_the_page_says_so_and_goes_on(app: AppTest) -> None:
    ended(app)
    token = visit(app).way_in.token
    demo_server().order_fault("body", count=9, skip=4, method="GET", token=token, status=400, body={})
    click(app, "publish")
    demo_server().service.faults.clear()
    assert "What these items refer to could not be read" in said(app)
    assert app.button(key="publish_now").label == "Publish 3 items"
    click(app, "look_at_references")
    assert "could not be read" not in said(app) and not app.warning


def test_after_publishing_what_visitors_see_is_read_on_wish(app: AppTest) -> None:
    first = ended(app)
    assert "look_live" not in keys(app)
    click(click(app, "publish"), "publish_now")
    wait_for_runs()
    ((second, _),) = views.children_of(database(), [first], RunKind.PUBLISH)[first]
    at(app, RESULTS, second)
    assert app.button(key="look_live").label == "Look at what visitors see now"
    click(app, "look_live")
    assert "3 of 3 published items show what was meant" in said(app)
    there = path_of(app, SLUGS[0]) + "/live"
    assert door(app).call("PATCH", there, {"fieldData": {"price": 99}}).status_code == 200
    assert door(app).call("DELETE", path_of(app, SLUGS[1]) + "/live").status_code == 204
    click(app.run(), "look_live")
    assert "1 of 3 published items show what was meant" in said(app)
    assert "1 item is not among the published ones" in said(app)
    table = next(frame.value for frame in app.dataframe if "Visitors see" in frame.value)
    assert table[["Field", "Meant", "Visitors see"]].to_numpy().tolist() == [["Price", "20.75", "99"]]


def test_a_stranger_with_the_address_publishes_nothing(app: AppTest) -> None:
    first = ended(app)
    stranger = another_visit(PUBLISH, first)
    assert not {"publish_now", "look_again"} & keys(stranger) and "Sea Glass" not in said(stranger)


def test_a_run_that_has_nothing_to_publish_leads_to_its_results(app: AppTest) -> None:
    first = ended(app)
    click(click(app, "publish"), "publish_now")
    wait_for_runs()
    ((second, _),) = views.children_of(database(), [first], RunKind.PUBLISH)[first]
    assert at(app, PUBLISH, second).title[0].value == "3 items published"


def go_live(app: AppTest) -> None:
    app.radio(key="live").set_value(True)
    app.run()


def test_an_import_that_goes_live_at_once_tells_at_preview_what_visitors_would_not_see(app: AppTest) -> None:
    click(app, "demo")
    items = door(app).each_item("products")
    hidden = next(one["fieldData"]["slug"] for one in items if not (one["lastPublished"] or one["isArchived"]))
    archive(app, SLUGS[1])
    new_category(app, "Hidden")
    to_preview(app, f"Slug,Price,Category\n{SLUGS[0]},33.5,hidden\n{hidden},34.5,\n{SLUGS[1]},35.5,\n")
    assert not app.warning
    go_live(app)
    assert "**1 item left out**: never published" in said(app)
    assert "To bring it in: choose “After the next publish” under “How the items are sent”" in said(app)
    assert "**1 archived item left out**: archived items cannot be published." in said(app)
    assert "**1 item refers to 1 item that was never published**: “Hidden”." in said(app)
    assert stage(app, Planned).counts[RowStatus.LEFT_OUT] == 2


def test_a_site_that_was_never_published_is_told_where_a_live_update_is_chosen(app: AppTest) -> None:
    click(app, "demo")
    the_site(app, lastPublished=None)
    state = visit(app)
    state.connect(state.way_in, sites(state.way_in))
    to_preview(app.run(), GOOD)
    assert "was never published" not in said(app)
    go_live(app)
    assert "**Tidepool Goods was never published**" in said(app)
