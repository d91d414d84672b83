"""The same sheet brought again plans nothing, whatever Webflow made of its values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from lib.fields import ReadContext
from lib.journal import stored_forms
from lib.model.checked import Checked
from lib.model.plan import Change, Plan, SendChoices
from lib.model.row_status import RowStatus
from lib.model.run import RunKind
from lib.model.run_spec import RunSpec
from lib.model.stored_form import Memory
from lib.runs.reading import load_items, load_targets, read_live
from lib.sandbox.behaviour import SWITCHES
from lib.sandbox.faults import Fault, FaultKind
from lib.stages.check import check
from lib.stages.key import choose_key
from lib.stages.match import match_columns
from lib.stages.plan import plan_changes
from lib.stages.read import read_sheet
from tests.runs.conftest import Desk

TABLE = "<p>Before</p><table><tbody><tr><td>One</td><td>Two</td></tr></tbody></table>"
COMPONENT = """<wf-component component-id="5442c383" name="Call  out" prop-2c="1 > 0">
  <wf-prop name="18e15bec" type="richtext"> <p>Bring  your towel.</p> <ul> <li>Créme</li> </ul></wf-prop>
</wf-component>"""
BINDING = r"{{wf {&quot;path&quot;:&quot;name&quot;,&quot;type&quot;:&quot;PlainText&quot;\} }}"
PRODUCTS = {
    "Summary": "Cre\u0300me bru\u0302le\u0301e in oak",
    "Description": f'<p>A <b>new</b> text</p><img src="https://shop.example/in-text.jpg" alt="Oak">{TABLE}{COMPONENT}'
    f"<p>{BINDING}</p>",
    "Price": "1.234,50 €",
    "In stock": "7",
    "SKU": "00123",
    "On sale": "ja",
    "Glaze": "RGB(11, 110, 79)",
    "Main image": "https://shop.example/Photos/Oak%20Chair.JPG?v=2",
    "Gallery": "https://shop.example/1.jpg; https://shop.example/2.jpg",
    "Care sheet": "https://shop.example/care.pdf",
    "Film": "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "Shop link": "https://shop.example/chairs/",
    "Available from": "31.12.2027 18:30",
}
MAKERS = {
    "Bio": "Two lines\n\nof text",
    "E-mail": "Ada.Lovelace@Example.COM",
    "Phone": "+49 (0)221 1234-56",
    "Website": "https://ada.example/",
    "Portrait": "https://ada.example/me.png",
}
EMPTIED = {"code_emptied", "code_tags_emptied"}  # a text that was dropped is worth another try


@dataclass(frozen=True)
class Import:
    """A sheet on its way into the first items of a collection."""

    desk: Desk
    collection: str
    cells: Mapping[str, str]

    def content(self, slugs: Sequence[str]) -> bytes:
        lines = [["slug", *self.cells], *([slug, *self.cells.values()] for slug in slugs)]
        quoted = [";".join('"{}"'.format(cell.replace('"', '""')) for cell in line) for line in lines]
        return "\r\n".join(quoted).encode()

    def planned(self, memory: Memory) -> tuple[RunSpec, Checked, Plan]:
        door, connection = self.desk.door, self.desk.connection
        with door.client() as webflow:
            (site,) = webflow.sites()
            collection = webflow.collection(door.collection_id(self.collection))
        now = read_live(connection, collection.id)
        items = load_items(connection, collection.id)
        slugs = sorted(item.slug for item in items if item.last_published)[:3]
        sheet = read_sheet("same.csv", self.content(slugs))
        mapping = choose_key(sheet, match_columns(sheet, collection), collection, items)
        fields = [collection.field(match.field_slug or "") for match in mapping.fields]
        context = ReadContext(targets=load_targets(connection, fields, {}), time_zone=site.time_zone)
        checked = check(sheet, mapping, collection, items, context, memory=memory)
        plan = plan_changes(checked, collection, SendChoices(), leave_out_errors=False)
        spec = RunSpec(
            kind=RunKind.IMPORT,
            site=site,
            collection=collection,
            choices=SendChoices(),
            plan=plan,
            sheet=sheet,
            read_on=now.read_on,
            since=now.since,
        )
        return spec, checked, plan

    def run(self) -> None:
        spec, _, plan = self.planned({})
        assert len(plan.changes) == 3, plan.reasons
        run_id = self.desk.start_spec(spec)
        self.desk.finished(run_id)
        assert {one.status for one in self.desk.outcomes(run_id)} == {RowStatus.UPDATED}

    def again(self, *, remembering: bool = True) -> tuple[Checked, tuple[Change, ...]]:
        _, checked, plan = self.planned(stored_forms.remembered(self.desk.db, "products") if remembering else {})
        assert not len(checked.error_rows)
        return checked, plan.changes


def behaving(desk: Desk, **switches: Any) -> Desk:
    desk.door.box.add_world(desk.door.token, behaviour=switches)
    return desk


@pytest.mark.parametrize("switch", [*sorted(set(SWITCHES) - EMPTIED), "none", "all"])
@pytest.mark.parametrize(("collection", "cells"), [("products", PRODUCTS), ("makers", MAKERS)])
def test_the_same_sheet_again_plans_nothing(desk: Desk, collection: str, cells: Mapping[str, str], switch: str) -> None:
    on = dict.fromkeys(sorted(set(SWITCHES) - EMPTIED), True) if switch == "all" else {switch: True}
    sheet = Import(behaving(desk, **({} if switch == "none" else on)), collection, cells)
    sheet.run()
    assert sheet.again()[1] == ()


@pytest.mark.parametrize(("collection", "cells"), [("products", PRODUCTS), ("makers", MAKERS)])
def test_after_a_lost_answer_nothing_of_it_is_somebody_elses_edit(
    desk: Desk, collection: str, cells: Mapping[str, str]
) -> None:
    switches = dict.fromkeys(("files_rehosted", "links_lose_slash", "emails_lowercased"), True)
    sheet = Import(behaving(desk, **switches), collection, cells)
    desk.door.box.service.faults.order(Fault(kind=FaultKind.LOST, token=desk.door.token, method="PATCH"))
    sheet.run()
    assert sheet.again()[1] == ()


def test_where_nothing_is_remembered_a_file_is_known_by_its_name_and_that_is_said(desk: Desk) -> None:
    sheet = Import(behaving(desk, files_rehosted=True, links_lose_slash=True), "products", PRODUCTS)
    sheet.run()
    checked, changes = sheet.again(remembering=False)
    assert changes == ()
    told = {problem.column for problem in checked.problems if problem.kind == "Same file by its name"}
    assert told == {"Description", "Main image", "Gallery", "Care sheet"}


def test_tables_components_bindings_and_code_arrive_as_they_were_written(desk: Desk) -> None:
    code = '<pre><code class="language-py">a  &lt; b</code></pre>'
    text = f"{PRODUCTS['Description']}{code}"
    sheet = Import(behaving(desk, tables_flattened=True, files_rehosted=True), "products", {"Description": text})
    sheet.run()
    assert sheet.again()[1] == ()

    stored = [str(one["fieldData"].get("description")) for one in desk.door.items("products")]
    kept = [one for one in stored if "A <b>new</b> text" in one]
    assert len(kept) == 3
    for one in kept:
        assert f'<div data-rt-embed-type="true">{TABLE.removeprefix("<p>Before</p>")}</div>' in one
        assert all(part in one for part in (COMPONENT.removeprefix("<wf-component"), BINDING, code))
        assert "/in-text.jpg" not in one and "_in-text.jpg" in one


def test_a_sheet_from_another_site_plans_nothing_after_its_images_moved(desk: Desk) -> None:
    image = '<p>x</p><img src="https://cdn.prod.website-files.com/64/64f0a1b2c3d4e5f6a7b8c9d0_cat.jpg" alt="">'
    sheet = Import(behaving(desk, files_rehosted=True), "products", {"Description": image})
    sheet.run()
    assert sheet.again()[1] == sheet.again(remembering=False)[1] == ()


def test_another_file_of_the_same_name_is_sent_where_it_is_remembered_what_was_sent(desk: Desk) -> None:
    sheet = Import(behaving(desk, files_rehosted=True), "products", PRODUCTS)
    sheet.run()
    moved = PRODUCTS | {"Main image": "https://other.example/new/Oak%20Chair.JPG"}
    _, changes = Import(desk, "products", moved).again()
    assert [set(change.after) for change in changes] == [{"main-image"}] * 3


def test_what_somebody_changed_since_is_a_change_again(desk: Desk) -> None:
    sheet = Import(behaving(desk, files_rehosted=True, emails_lowercased=True), "products", PRODUCTS)
    sheet.run()
    item = min(desk.door.items("products"), key=lambda one: (not one["lastPublished"], one["fieldData"]["slug"]))
    path = f"/collections/{desk.door.collection_id('products')}/items/{item['id']}"
    image = {"main-image": {"url": "https://shop.example/another.jpg"}}
    assert desk.door.call("PATCH", path, {"fieldData": image}).status_code == 200
    _, changes = sheet.again()
    assert [(change.item_id, set(change.after)) for change in changes] == [(item["id"], {"main-image"})]
