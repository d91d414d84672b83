"""Coming back to a run: helpers for tests of its pages."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from lib.journal import views
from lib.journal.database import database
from lib.model.run import RunKind
from lib.model.run_state import RunState
from lib.workflow.demo import demo_server
from lib.workflow.destination import Chosen
from tests.conftest import Door
from tests.pages.walk import HEADER, click, live_items, stage, visit, wait_for_runs
from tests.patience import until

ROOT = Path(__file__).parent.parent.parent
RESULTS = "pages/runs/results.py"
UNDO = "pages/runs/undo.py"
PUBLISH = "pages/runs/publish.py"
SLUGS = ("sea-glass-mug-small", "sea-glass-mug-medium", "oat-mug-small")
GOOD = HEADER + "".join(f"{slug},{20 + place}.75,x,\n" for place, slug in enumerate(SLUGS))


def another_visit(page: str, run_id: str, person: AppTest | None = None) -> AppTest:
    """The same address in another tab: of this person, who has the token, or of a stranger, who has the address."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    if person is not None:
        visit(app).connect(visit(person).way_in, ())
    app.query_params["run"] = run_id
    return app.switch_page(page).run()


def at(app: AppTest, page: str, run_id: str) -> AppTest:
    """The page of a run, in this visit."""
    app.query_params["run"] = run_id
    return app.switch_page(page).run()


def run_of(app: AppTest) -> str:
    """The run of this visit's plan."""
    run_id = visit(app).run_id
    assert run_id is not None
    return run_id


def edit(app: AppTest, slug: str, **values: object) -> None:
    """Somebody else edits an item of the demo site."""
    item = live_items(app)[slug]
    door = Door(demo_server(), visit(app).way_in.token)
    path = f"/collections/{stage(app, Chosen).collection.id}/items/{item.id}"
    assert door.call("PATCH", path, {"fieldData": values}).status_code == 200


def wait_until_paused(run_id: str) -> None:
    """Until what was under way has ended."""
    until(lambda: _is_paused(run_id), "the run pauses")


def _is_paused(run_id: str) -> bool:
    run = views.run_of(database(), run_id)
    assert run is not None
    return run.state is RunState.PAUSED


def slow(app: AppTest, method: str, seconds: float) -> None:
    """The next request of this kind takes so long."""
    connection = visit(app).connection
    assert connection is not None
    demo_server().order_fault("slow", seconds=seconds, method=method, token=connection.token)


def keys(app: AppTest) -> set[str]:
    """The buttons that are there, beside those for other languages, which every page has."""
    return {str(button.key) for button in app.button if not str(button.key).startswith("language-")}


def undo(app: AppTest, run_id: str) -> str:
    """Undo a run, and return the id of the run that did it."""
    click(at(app, UNDO, run_id), "undo_now")
    wait_for_runs()
    return views.children_of(database(), [run_id], RunKind.UNDO)[run_id][-1][0]
