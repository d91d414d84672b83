"""The address /publish, see `pages/shared/door.py`."""

from pages.shared import door

door.open_app()
