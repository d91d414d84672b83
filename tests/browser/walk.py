"""Walking the app in a browser, up to any step."""

from pathlib import Path

from playwright.sync_api import Page

STEPS = ("Continue to matching", "Check the values")


def connect(page: Page, token: str) -> None:
    page.get_by_label("Site token").fill(token)
    page.get_by_role("button", name="Connect your site").click()


def choose_products(page: Page) -> None:
    page.get_by_role("combobox", name="Collection").click()
    page.get_by_role("option", name="Products").click()
    press(page, "Continue with Products")


def upload(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)
    for step in STEPS:
        press(page, step)


def press(page: Page, name: str) -> None:
    """Click the button as a person does: once it is there, and the page that brought it is whole."""
    button = page.get_by_role("button", name=name)
    button.wait_for()
    settle(page)
    button.click()


def settle(page: Page) -> None:
    """Until the app has taken in the last click: one that comes too early is lost with the page it was made on."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
