"""Addresses that lead to no file are told by their form, before anything is sent; the sandbox agrees about them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lib.fields import kind_of
from lib.fields.file_addresses import NO_IMAGES, ending_of
from lib.model.collection import FieldType
from lib.model.problem import Severity
from tests.builders import a_field
from tests.conftest import Door
from tests.fields.test_reading import kinds, read

PAGE, OFFICE = "A page that shows a file", "OneDrive or SharePoint page"
DRIVE, ELSEWHERE = "uc?export=download&id=", "Put the file where anyone can fetch it"
NEVER = [
    ("https://drive.google.com/file/d/1AbC/view?usp=sharing", "Google Drive page", DRIVE),
    ("https://drive.google.com/open?id=1AbC", "Google Drive page", DRIVE),
    ("HTTPS://Drive.Google.com/file/d/1AbC", "Google Drive page", DRIVE),
    ("https://drive.google.com/drive/folders/1AbC", "Google Drive folder", DRIVE),
    ("https://docs.google.com/document/d/1AbC/edit?tab=t.0", "Google Docs page", ELSEWHERE),
    ("https://docs.google.com/spreadsheets/d/1AbC/edit#gid=0", "Google Docs page", ELSEWHERE),
    ("https://www.dropbox.com/home/Photos?preview=1.jpg", "Dropbox folder", "end its link with raw=1"),
    ("https://www.dropbox.com/scl/fo/a/b?rlkey=x&dl=1", "Dropbox folder", "end its link with raw=1"),
    ("https://1drv.ms/i/s!AbC", OFFICE, ELSEWHERE),
    ("https://onedrive.live.com/?id=1", OFFICE, ELSEWHERE),
    ("https://shop-my.sharepoint.com/:i:/g/personal/ada/EAbC?e=x", OFFICE, ELSEWHERE),
    ("https://photos.app.goo.gl/x", PAGE, ELSEWHERE),
    ("https://imgur.com/a/x", PAGE, "https://i.imgur.com/"),
]
MAYBE = [
    ("https://www.dropbox.com/scl/fi/a/1.jpg?rlkey=x&dl=0", "Dropbox page"),
    ("https://www.dropbox.com/s/a/1.jpg", "Dropbox page"),
    ("https://shop-my.sharepoint.com/:i:/g/personal/ada/EAbC?e=x&download=1", "OneDrive or SharePoint file"),
    ("https://onedrive.live.com/download?resid=1", "OneDrive or SharePoint file"),
    ("https://v5.airtableusercontent.com/v3/u/29/29/1715961600000/a/b/c", "Airtable link that expires"),
    ("https://dl.airtable.com/.attachments/a/b/cat.jpg", "Airtable link that expires"),
    ("https://files.s3.amazonaws.com/a.jpg?X-Amz-Date=x&X-Amz-Expires=3600", "Link that expires"),
    ("https://file.notion.so/f/f/a.png?table=block&expirationTimestamp=17", "Link that expires"),
]
FINE = [
    "https://drive.google.com/uc?export=download&id=1AbC",
    "https://drive.usercontent.google.com/download?id=1AbC",
    "https://lh3.googleusercontent.com/d/1AbC",
    "https://docs.google.com/drawings/d/1AbC/pub?w=480",
    "https://docs.google.com/document/d/1AbC/export?format=pdf",
    "https://www.dropbox.com/s/a/1.jpg?raw=1",
    "https://www.dropbox.com/scl/fi/a/1.jpg?rlkey=x&dl=1",
    "https://dl.dropboxusercontent.com/s/a/1.jpg",
    "https://i.imgur.com/x.jpg",
    "https://imgur.com/x1y2.jpg",
    "https://shop.example/drive.google.com/file/d/1.jpg",
    "https://notdropbox.com/s/a/1.jpg",
]
WRITTEN = {
    FieldType.IMAGE: lambda url: {"url": url},
    FieldType.FILE: lambda url: {"url": url},
    FieldType.MULTI_IMAGE: lambda url: [{"url": url}],
}


@pytest.mark.parametrize("type", WRITTEN)
@pytest.mark.parametrize(("url", "kind", "way_out"), NEVER)
def test_what_can_never_be_a_file_is_refused_with_a_way_out(type: FieldType, url: str, kind: str, way_out: str) -> None:
    reading = read(type, url)
    assert (kinds(reading), reading.values[2]) == ([kind], None)
    assert way_out in reading.problems[0].fix[0]


@pytest.mark.parametrize("type", WRITTEN)
@pytest.mark.parametrize(("url", "kind"), MAYBE)
def test_what_may_be_a_file_is_told_and_sent(type: FieldType, url: str, kind: str) -> None:
    reading = read(type, url)
    assert (kinds(reading), kinds(reading, Severity.WARNING)) == ([], [kind])
    assert reading.values[2] == WRITTEN[type](url)


@pytest.mark.parametrize("type", WRITTEN)
@pytest.mark.parametrize("url", FINE)
def test_a_direct_link_passes_without_a_word(type: FieldType, url: str) -> None:
    reading = read(type, url)
    assert (reading.problems, reading.values[2]) == ((), WRITTEN[type](url))


@pytest.mark.parametrize("ending", ["jpg", "JPEG", "png", "gif", "svg", "webp", "avif", "php", "v2", "example"])
def test_endings_of_images_and_of_nothing_known_pass(ending: str) -> None:
    for url in (
        f"https://a.example/b.{ending}",
        f"https://a.example/b.{ending}?x.pdf",
        f"https://a.pdf/b.pdf/c.{ending}",
    ):
        assert read(FieldType.IMAGE, url).problems == ()


@pytest.mark.parametrize("ending", sorted(NO_IMAGES))
def test_what_is_no_image_is_refused_by_its_ending_and_may_be_a_file(ending: str) -> None:
    url = f"https://a.example/b.{ending.upper()}"
    for type in (FieldType.IMAGE, FieldType.MULTI_IMAGE):
        assert kinds(read(type, url)) == ["Not an image"]
        asked = read(type, f"{url}?format=jpg")
        assert (kinds(asked), kinds(asked, Severity.WARNING)) == ([], ["Not an image"])
    assert read(FieldType.FILE, url).problems == ()


def test_one_bad_address_among_several_is_enough_and_every_doubt_is_told() -> None:
    bad, good = "https://a.example/b.heic", "https://a.example/c.jpg"
    assert kinds(read(FieldType.MULTI_IMAGE, f"{MAYBE[0][0]}; {bad}; {good}")) == ["Not an image"]
    reading = read(FieldType.MULTI_IMAGE, "; ".join([good, MAYBE[0][0], MAYBE[4][0], MAYBE[5][0]]))
    assert kinds(reading, Severity.WARNING) == ["Dropbox page", "Airtable link that expires"]


def test_names_beside_links_that_expire_are_told_as_both() -> None:
    reading = read(FieldType.IMAGE, f"cat.jpg ({MAYBE[4][0]})")
    assert kinds(reading, Severity.WARNING) == ["Airtable link that expires"]
    assert kinds(reading, Severity.FIXED) == ["Name beside an address"]
    assert reading.values[2] == {"url": MAYBE[4][0]}


def test_more_images_than_a_gallery_holds_are_refused() -> None:
    texts = ["; ".join(f"https://a.example/{n}.jpg" for n in range(count)) for count in (25, 26)]
    (rule,) = kind_of(FieldType.MULTI_IMAGE).rules(a_field("f", FieldType.MULTI_IMAGE))
    assert list(rule.holds(read(FieldType.MULTI_IMAGE, *texts).values)) == [True, False]


def refused(door: Door, slug: str, value: object) -> bool:
    collection = door.collection_id("products")
    item = next(door.each_item("products"))["id"]
    body = {"items": [{"id": item, "fieldData": {slug: value}}]}
    answer = door.call("PATCH", f"/collections/{collection}/items?skipInvalidFiles=false", body)
    assert answer.status_code in (200, 400), answer.text
    return answer.status_code == 400


def test_what_is_refused_here_webflow_would_not_fetch_and_what_passes_it_would(demo: Door) -> None:
    for url, *_ in NEVER:
        assert refused(demo, "main-image", {"url": url}) and refused(demo, "care-sheet", {"url": url}), url
    for ending in NO_IMAGES:
        assert refused(demo, "main-image", {"url": f"https://a.example/b.{ending}"}), ending
        assert not refused(demo, "care-sheet", {"url": f"https://a.example/b.{ending}"}), ending
    for url in FINE:
        assert not refused(demo, "main-image", {"url": url}), url
    gallery = [{"url": f"https://a.example/{n}.jpg"} for n in range(26)]
    assert refused(demo, "gallery", gallery) and not refused(demo, "gallery", gallery[:25])


@given(some.text())
def test_every_text_has_an_ending_or_none(text: str) -> None:
    assert "/" not in ending_of(text)
