"""Walking the app in a browser, up to any step."""

from pathlib import Path
from weakref import WeakKeyDictionary

from playwright.sync_api import Page, TimeoutError, WebSocket

TRIES, A_MOMENT = 5, 1_000
SOCKETS: WeakKeyDictionary[Page, WebSocket] = WeakKeyDictionary()  # the last one of each page that is heard
STEPS = ("Continue to matching", "Check the values")


def connect(page: Page, token: str) -> None:
    settle(page)
    page.get_by_label("Site token").fill(token)
    press(page, "Connect your site")


def choose_products(page: Page) -> None:
    page.get_by_role("combobox", name="Collection").click()
    page.get_by_role("option", name="Products").click()
    press(page, "Continue with Products")


def upload(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)
    for step in STEPS:
        press(page, step)


def hear(page: Page) -> None:
    """Hear what the page says to the app from now on; before it is opened."""
    page.on("websocket", lambda socket: SOCKETS.update({page: socket}))


def press(page: Page, name: str) -> None:
    """Click the button as a person does: once it is there, and the page that brought it is whole.

    A click on a button that is just being drawn anew never leaves the browser, so it is made again; never is anything
    said twice that the app has heard of.
    """
    button = page.get_by_role("button", name=name)
    button.wait_for()
    for attempt in range(TRIES):
        settle(page)
        if attempt and not button.is_visible():
            return None  # it was heard of after all, and led on
        socket = SOCKETS.get(page)
        if socket is None:
            return button.click()
        try:
            with socket.expect_event("framesent", timeout=A_MOMENT):
                button.click()
        except TimeoutError:
            continue
        return None
    raise AssertionError(f"“{name}” was pressed and nothing was sent")


def settle(page: Page) -> None:
    """Until the app has taken in the last click: one that comes too early is lost with the page it was made on."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
