"""The live items are on their way as soon as somebody has chosen the collection, and Match takes them."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from lib.webflow.retry import RetryPolicy
from lib.workflow import live_items
from lib.workflow.demo import demo_server
from lib.workflow.destination import Chosen, Opened
from lib.workflow.matching import Matched
from tests.conftest import Door
from tests.pages.revisit import edit
from tests.pages.walk import HEADER, choose, click, said, stage, to_match, to_upload, visit

GOOD = HEADER + "sea-glass-mug-small,23.75,x,no\n"


def door(app: AppTest) -> Door:
    return Door(demo_server(), visit(app).way_in.token)


def pages_read(app: AppTest) -> int:
    """How often a page of products was asked for."""
    path = f"/collections/{door(app).collection_id('products')}/items"
    found = [entry for entry in door(app).requests() if entry["path"] == path]
    return sum("limit=100" in entry["query"] for entry in found)


def loaded(app: AppTest) -> live_items.Loading:
    """The items on their way, once they are there."""
    loading = visit(app).loading
    assert loading is not None and loading.work.wait(60)
    return loading


def upload(app: AppTest, content: str) -> AppTest:
    app.file_uploader(key="file").set_value(("prices.csv", content.encode(), "text/csv"))
    return app.run()


def test_items_are_read_once_before_anybody_waits_for_them(app: AppTest) -> None:
    to_upload(app)
    live = loaded(app).work.result()
    pages = pages_read(app)
    click(upload(app, GOOD), "next")
    assert stage(app, Matched).live is live
    assert (visit(app).loading, pages_read(app)) == (None, pages)


def test_nothing_is_read_of_several_collections_before_somebody_chooses_one(app: AppTest) -> None:
    click(app, "demo")
    assert (visit(app).journey.reached(Chosen), visit(app).loading) == (None, None)
    assert "next" not in [button.key for button in app.button]
    choose(app, "makers")
    assert loaded(app).wanted.collection == stage(app, Chosen).collection
    assert stage(app, Chosen).collection.slug == "makers"


def test_another_collection_takes_the_place_of_the_one_that_was_read(app: AppTest) -> None:
    to_upload(app)
    first = loaded(app)
    choose(app.switch_page("pages/steps/connect.py").run(), "categories")
    second = loaded(app)
    assert second is not first
    assert second.wanted.collection.slug == "categories"


def test_a_file_that_names_more_languages_has_the_items_read_in_all_of_them(app: AppTest) -> None:
    to_upload(app)
    german = next(locale for locale in stage(app, Opened).site.locales if not locale.is_primary).cms_locale_id
    upload(app, f"Slug,Price,Locale ID\nsea-glass-mug-small,23.75,\noat-mug-small,3,{german}\n")
    click(app, "next")
    assert german in stage(app, Matched).live.locales
    assert [entry for entry in door(app).requests() if f"cmsLocaleId={german}" in entry["query"]]


def test_another_file_that_names_more_languages_does_too(app: AppTest) -> None:
    to_match(app, GOOD)
    german = next(locale for locale in stage(app, Opened).site.locales if not locale.is_primary).cms_locale_id
    app.switch_page("pages/steps/upload.py").run()
    click(app, "another_file")
    upload(app, f"Slug,Price,Locale ID\nsea-glass-mug-small,23.75,\noat-mug-small,3,{german}\n")
    click(app, "next")
    assert german in stage(app, Matched).live.locales


def test_items_that_were_read_long_ago_are_read_anew_for_match(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    upload(to_upload(app), GOOD)
    early = loaded(app).work.result()
    monkeypatch.setattr(live_items, "FRESH_SECONDS", -1.0)
    click(app, "next")
    assert stage(app, Matched).live is not early


def test_match_says_when_the_items_were_read_and_reads_them_again(app: AppTest) -> None:
    to_match(app, GOOD)
    before = stage(app, Matched).live
    assert "480 items, as they were at " in said(app)
    edit(app, "sea-glass-mug-small", price=99)
    click(app, "read_items")
    assert stage(app, Matched).live is not before
    assert stage(app, Matched).found.items[2].field_data["price"] == 99


def fail(app: AppTest, count: int) -> None:
    """What was read is gone, so many requests for items are refused, and nothing is tried twice by itself."""
    loaded(app)
    visit(app).stop_loading()
    connection = visit(app).connection
    assert connection is not None
    visit(app).connection = replace(connection, policy=RetryPolicy(attempts=1))
    demo_server().order_fault("500", count=count, path="/items", token=connection.token)


def test_what_went_wrong_early_is_tried_again_where_it_matters(app: AppTest) -> None:
    choose(click(app, "demo"), "products")
    fail(app, 1)
    click(app, "next")
    assert loaded(app).work.has_failed
    click(upload(app, HEADER + "mugs,1,,\n"), "next")
    assert not app.error and stage(app, Matched).live.items


def test_what_goes_wrong_while_somebody_waits_is_told_and_can_be_tried_again(app: AppTest) -> None:
    choose(click(app, "demo"), "products")
    fail(app, 3)
    click(app, "next")
    assert loaded(app).work.has_failed
    upload(app, HEADER + "mugs,1,,\n")  # which is another occasion to read them early
    assert loaded(app).work.has_failed
    click(app, "next")
    (error,) = app.error
    assert "Webflow" in error.value
    click(app, "once_more")
    assert not app.error and stage(app, Matched).live.items
