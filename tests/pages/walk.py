"""Walking the app as a visitor does, up to any step."""

import secrets
import time

import pandas as pd
from streamlit.testing.v1 import AppTest

from lib.model.item import Item
from lib.runs import process
from lib.runs.reading import load_items
from lib.workflow.destination import Chosen, Opened, S
from pages.shared.visit import Visit

HEADER = "Slug,Price,Notes,On sale\n"


def visit(app: AppTest) -> Visit:
    found: Visit = app.session_state["visit"]
    return found


def sign_in(app: AppTest, address: str | None, subject: str = "", **claims: object) -> AppTest:
    """Somebody whom a provider has just let in, on an app that has a sign-in; nobody where there is no address."""
    provider = "https://id.example.com"
    app.secrets = {"auth": {"client_id": "flowsheet", "server_metadata_url": f"{provider}/.well-known"}}
    told = {"iss": provider, "sub": subject or address, "iat": int(time.time()), "email": address}
    user = {"is_logged_in": True, "email_verified": True, "nonce": secrets.token_hex(8), **told, **claims}
    app.user = user if address else {"is_logged_in": False}
    return app


def stage(app: AppTest, kind: type[S]) -> S:
    """This stage of the visitor's journey."""
    return visit(app).journey.at(kind)


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return app.run()


def listed(app: AppTest) -> pd.DataFrame:
    """The list of problems, unfolded."""
    app.session_state["part_problems"] = True
    table: pd.DataFrame = app.run().dataframe[-1].value
    return table


def changes(app: AppTest) -> pd.DataFrame:
    """The changes of the preview as a table."""
    app.segmented_control(key="view").set_value("table")
    table: pd.DataFrame = next(frame.value for frame in app.run().dataframe if "After" in frame.value)
    return table


def press(app: AppTest, label: str) -> AppTest:
    """Click the first button that begins with these words."""
    key = next(button.key for button in app.button if button.label.startswith(label))
    return click(app, key)


def wait_for_runs() -> None:
    """Until no run goes on in this process."""
    for thread in list(process.current().threads.values()):
        thread.join(60)


def run_to_the_end(app: AppTest) -> AppTest:
    click(app, "update")
    wait_for_runs()
    return app.run()


def choose(app: AppTest, slug: str) -> AppTest:
    """This collection, on the first page."""
    opened = stage(app, Opened)
    chosen = next(one for one in opened.collections if one.slug == slug)
    app.selectbox(key=f"collection-{opened.site.id}").set_value(chosen)
    return app.run()


def to_upload(app: AppTest) -> AppTest:
    if visit(app).connection is None:
        click(app, "demo")
    return click(choose(app, "products"), "next")


def to_match(app: AppTest, content: str) -> AppTest:
    to_upload(app)
    app.file_uploader(key="file").set_value(("prices.csv", content.encode(), "text/csv"))
    app.run()
    return click(app, "next")


def to_check(app: AppTest, content: str) -> AppTest:
    return click(to_match(app, content), "next")


def to_preview(app: AppTest, content: str) -> AppTest:
    return click(to_check(app, content), "next")


def to_submit(app: AppTest, content: str) -> AppTest:
    return click(to_preview(app, content), "next")


def live_items(app: AppTest) -> dict[str, Item]:
    """What the demo site holds now, by slug."""
    chosen = stage(app, Chosen)
    locales = chosen.before.locales
    items = load_items(visit(app).way_in, chosen.collection.id, locales=locales)
    return {item.slug: item for item in items}


def said(app: AppTest) -> str:
    """Everything the page says in words."""
    kinds = (
        app.title,
        app.header,
        app.subheader,
        app.markdown,
        app.caption,
        app.error,
        app.warning,
        app.info,
        app.success,
        app.text,
    )
    return "\n".join(str(element.value) for kind in kinds for element in kind).replace("\\", "")
