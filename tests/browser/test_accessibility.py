"""axe-core finds nothing serious or critical of ours on any page; the keyboard goes on where a page begins."""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT
from tests.browser.walk import choose_products, connect, press, settle
from tests.conftest import Door

pytestmark = pytest.mark.browser
GRAVE = ("serious", "critical")
COLOURS = "color-contrast"
HEADINGS = ("heading-order", "page-has-heading-one")  # moderate, and ours to keep
# Streamlit's own (1.67): axe's rule, what an element must be to be excused, and why we cannot mend it.
STREAMLITS_OWN = [
    ("scrollable-region-focusable", ".stCode > pre", "st.code scrolls sideways, and has no option to take the focus"),
    (COLOURS, ".stCode code .token", "the colours of the words of st.code are in no theme"),
]
HELD_SECONDS = 30.0
MOST_FOLDED = 50  # parts of one page
Scheme = Literal["light", "dark"]
WIDE = 1280
HEIGHT = 3_000  # axe judges no contrast of what is scrolled away


@dataclass(frozen=True)
class Fault:
    """What axe found at one element of a page."""

    where: str
    rule: str
    html: str
    why: str


def faults(page: Page, where: str) -> list[Fault]:
    """What is not excused. Colours count when they are found twice: a page that is being drawn anew is pale for a
    moment. All else counts at once."""
    first = _faults(page, where)
    if not first:
        return []
    settle(page)
    again = _faults(page, where)
    return [*again, *(fault for fault in first if fault.rule != COLOURS and fault not in again)]


def _faults(page: Page, where: str) -> list[Fault]:
    found = Axe().run(page).response["violations"]
    return [
        Fault(where, rule["id"], node["html"], node["failureSummary"])
        for rule in found
        if rule["impact"] in GRAVE or rule["id"] in HEADINGS
        for node in rule["nodes"]
        if not is_streamlits_own(page, rule["id"], node["target"][0])
    ]


def is_streamlits_own(page: Page, rule: str, target: str) -> bool:
    """Whether the element is excused; one that is gone by now is nobody's."""
    excused = [selector for excused, selector, _ in STREAMLITS_OWN if excused == rule]
    matches = "(found, what) => found.length === 0 || found[0].matches(what)"
    return any(page.locator(target).evaluate_all(matches, what) for what in excused)


def unfold(page: Page) -> None:
    """Open what is folded, and what is folded in that."""
    settle(page)
    folded = page.locator("details:not([open]) > summary")
    for _ in range(MOST_FOLDED):
        if not folded.count():
            return
        folded.first.click()
        settle(page)
    raise AssertionError("what was clicked does not stay open")


def see(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    settle(page)


def files(demo: Door, folder: Path) -> tuple[Path, Path]:
    """A sheet with problems, and one without."""
    slugs = [item["fieldData"]["slug"] for item in demo.items("products")[:4]]
    lines = [f"{slug},{10 + place}.25,note,yes" for place, slug in enumerate(slugs)]
    bad = ["no-such-product,1,,no", f"{slugs[3]},free,,perhaps"]
    mixed, clean = folder / "mixed.csv", folder / "clean.csv"
    mixed.write_text("\n".join(["Slug,Price,Notes,On sale", *lines[:3], *bad]))
    clean.write_text("\n".join(["Slug,Price,Notes,On sale", *lines]))
    return mixed, clean


def stops(page: Page, demo: Door, folder: Path) -> Iterator[str]:
    """Walk the whole road, and stop at every page in every state worth a look."""
    mixed, clean = files(demo, folder)
    see(page, "Update your Webflow")
    yield "first visit"
    page.get_by_role("link", name="Runs").click()
    see(page, "Your runs")
    yield "runs of nobody"
    page.get_by_role("link", name="Help", exact=True).click()
    see(page, "Help")
    yield "help"
    page.get_by_role("link", name="Flowsheet", exact=True).click()
    see(page, "Update your Webflow")
    connect(page, demo.token)
    see(page, "Which collection")
    yield "connected"
    choose_products(page)
    see(page, "Which file")
    yield "upload"
    page.locator("input[type=file]").set_input_files(mixed)
    page.get_by_role("button", name="Continue to matching").wait_for()
    yield "upload with a file"
    press(page, "Continue to matching")
    page.get_by_role("button", name="Check the values").wait_for()
    yield "match"
    press(page, "Check the values")
    page.get_by_role("button", name="Leave out 2 rows with errors and preview").wait_for()
    yield "check with problems"
    press(page, "Leave out 2 rows with errors and preview")
    page.get_by_role("button", name="Continue with 3 items").wait_for()
    yield "preview"
    page.get_by_role("link", name="Upload").click()
    press(page, "Choose another file")
    page.get_by_role("button", name="Continue to matching").wait_for(state="hidden")  # that of the file before
    page.locator("input[type=file]").set_input_files(clean)
    press(page, "Continue to matching")
    press(page, "Check the values")
    page.get_by_role("button", name="Preview the changes").wait_for()
    yield "check without problems"
    press(page, "Preview the changes")
    press(page, "Continue with 4 items")
    page.get_by_role("button", name="Update 4 items").wait_for()
    yield "submit"
    yield from runs(page, demo)


def runs(page: Page, demo: Door) -> Iterator[str]:
    """From the start of the run on."""
    held = demo.box.order_fault("slow", count=9, seconds=HELD_SECONDS, method="PATCH", token=demo.token)
    press(page, "Update 4 items")
    see(page, "Updating 4 items")
    yield "running"
    demo.box.service.faults.withdraw(held)
    see(page, "4 items updated")
    yield "results"
    address = page.url
    page.get_by_role("link", name="Runs").click()
    see(page, "Your runs")
    yield "runs"
    page.go_back()
    press(page, "Undo this run…")
    page.get_by_role("button", name="Undo 4 items").wait_for()
    yield "undo"
    yield from publishing(page, demo)
    page.goto(address)
    see(page, "4 items updated")
    yield "results of somebody else"


def publishing(page: Page, demo: Door) -> Iterator[str]:
    """From the undo that was looked at back to the run, with something in the way of its publishing, to its end."""
    press(page, "Back to the run")
    see(page, "4 items updated")
    field = {"collectionId": demo.collection_id("products"), "type": "PlainText", "displayName": "Shelf"}
    demo.box.plant(demo.token, fields=[field])
    press(page, "Publish these 4 items")
    page.get_by_role("button", name="Publish 4 items").wait_for()
    yield "publish"
    body = {"publishToWebflowSubdomain": True}
    assert demo.call("POST", f"/sites/{demo.site_id}/publish", body).status_code == 202
    press(page, "Read the items again")
    press(page, "Publish 4 items")
    see(page, "4 items published")
    press(page, "Look at what visitors see now")
    page.get_by_text("4 of 4 published items show what was meant").wait_for()
    yield "results of publishing"


@contextmanager
def a_page(browser: Browser, address: str, width: int) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme="light")
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(address)
    yield page
    context.close()


@contextmanager
def looked_at(page: Page, width: int, scheme: Scheme) -> Iterator[None]:
    """The page as somebody sees it with a screen of this width who likes it light or dark."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme=scheme)
    expect(page.locator(".stApp")).to_have_css("color-scheme", scheme)
    settle(page)
    yield
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    page.emulate_media(color_scheme="light")


# Colours are the same at every width, and the order and size of things in both schemes: two looks meet all of them.
LOOKS: tuple[tuple[int, Scheme], ...] = ((WIDE, "light"), (390, "dark"))


def test_axe_finds_nothing_grave_of_ours(browser: Browser, app_url: str, demo: Door, tmp_path: Path) -> None:
    found: list[Fault] = []
    with a_page(browser, app_url, WIDE) as page:
        for where in stops(page, demo, tmp_path):
            unfold(page)
            for width, scheme in LOOKS:
                with looked_at(page, width, scheme):
                    found += faults(page, f"{where}, {scheme}")
            assert page.title() == f"{page.url.split('/')[3].split('?')[0].capitalize() or 'Connect'} · Flowsheet"
    assert found == []


def test_what_is_excused_hides_nothing_of_ours(browser: Browser, app_url: str) -> None:
    """The same faults at elements that are not Streamlit's, and one more, are all found."""
    ours = """<div class="stCode"><div><pre style="width: 60px; overflow: auto">a line that is far too long</pre></div>
    <p style="color: #bbbbbb; background: #ffffff">pale</p><button></button><h6>too deep</h6></div>"""
    with a_page(browser, app_url, WIDE) as page:
        see(page, "Update your Webflow")
        page.locator("h1").evaluate("(one, html) => one.insertAdjacentHTML('afterend', html)", ours)
        rules = {fault.rule for fault in faults(page, "first visit")}
    assert rules == {"scrollable-region-focusable", COLOURS, "button-name", "heading-order"}


def signs() -> set[str]:
    """All that our pages show beside what is on a keyboard, as far as it stands in their texts; docstrings are none."""
    nodes = [node for path in (ROOT / "pages").rglob("*.py") for node in ast.walk(ast.parse(path.read_text()))]
    documents = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in documents]
    return {
        sign for text in texts if isinstance(text, str) for sign in text if not sign.isascii() and sign.isprintable()
    }


def test_every_sign_of_ours_is_in_the_font_that_the_app_brings(page: Page) -> None:
    """A computer without that sign would show an empty box."""
    see(page, "Update your Webflow")
    shown = [*sorted(signs()), "◐"]
    page.locator("h1").evaluate(
        "(one, signs) => signs.forEach((sign, number) => "
        "one.insertAdjacentHTML('afterend', `<p id=sign-${number}>${sign}</p>`))",
        shown,
    )
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    top = session.send("DOM.getDocument")["root"]["nodeId"]

    def is_brought(number: int) -> bool:
        node = session.send("DOM.querySelector", {"nodeId": top, "selector": f"#sign-{number}"})
        fonts = session.send("CSS.getPlatformFontsForNode", node)["fonts"]
        return bool(fonts) and all(font["isCustomFont"] for font in fonts)

    assert [sign for number, sign in enumerate(shown) if not is_brought(number)] == [shown[-1]]


def test_a_page_that_is_opened_by_keyboard_begins_at_its_heading(page: Page) -> None:
    see(page, "Update your Webflow")
    page.wait_for_function("window.flowsheetPage")  # the end of the page has arrived
    assert page.evaluate("document.activeElement === document.body")  # the first one is read from its beginning
    for link, heading in (("Runs", "Your runs"), ("Flowsheet", "Update your Webflow")):
        page.get_by_role("link", name=link).focus()
        page.keyboard.press("Enter")
        see(page, heading)
        expect(page.get_by_role("heading", name=heading)).to_be_focused()
