"""Alt texts on the pages: a column of their own on Match, words on Preview, back again after undo."""

from streamlit.testing.v1 import AppTest

from lib.model.effect import Risk
from lib.model.mapping import MatchedBy
from lib.workflow.matching import Matched
from lib.workflow.planning import Planned
from tests.pages.walk import changes, click, live_items, run_to_the_end, stage, to_match

SLUG = "sea-glass-mug-small"
HELD = "Sea Glass Mug, Small"


def test_a_column_of_alt_texts_is_matched_previewed_and_sent(app: AppTest) -> None:
    to_match(app, f"Slug,Main image alt\n{SLUG},A mug on a table\n")
    mapping = stage(app, Matched).mapping
    assert [match.field_slug for match in mapping.matches] == ["slug", "alt:main-image"]
    shown = app.selectbox(key="match-1")
    assert shown.format_func(shown.value) == "Alt text of Main image"
    click(click(app, "next"), "next")
    (line,) = changes(app).to_dict("records")
    assert line["Now"].endswith(f".jpg alt: “{HELD}”") and line["After"].endswith(".jpg alt: “A mug on a table”")
    assert stage(app, Planned).risks == {Risk.IMPORTED: 1}
    run_to_the_end(click(app, "next"))
    image = live_items(app)[SLUG].field_data["main-image"]
    assert isinstance(image, dict) and image["alt"] == "A mug on a table"


def test_a_person_may_choose_the_alt_text_of_an_image_for_any_words(app: AppTest) -> None:
    to_match(app, f"Slug,Seen\n{SLUG},A mug\n")
    app.selectbox(key="match-1").set_value("alt:main-image").run()
    match = stage(app, Matched).mapping.matches[1]
    assert (match.field_slug, match.matched_by) == ("alt:main-image", MatchedBy.PERSON)
    assert not app.exception


def test_a_column_of_addresses_is_offered_the_image_and_not_its_alt_text(app: AppTest) -> None:
    to_match(app, f"Slug,Main image alt\n{SLUG},https://shop.example/mug.jpg\n")
    assert stage(app, Matched).mapping.matches[1].is_ignored
    assert not [option for option in app.selectbox(key="match-1").options if option.startswith("Alt text")]
