"""Brings what the tests need, and prints the browser's program for CHROMIUM; ends with one sentence where it cannot."""

import sys

from tests.equipment import Missing, browser, postgresql

try:
    with postgresql.serving():
        pass
    print(browser.bring() or "")
except Missing as missing:
    sys.exit(str(missing))
