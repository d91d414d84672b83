"""The door for addresses that are opened before anybody has run app.py since the server started.

Until then, Streamlit takes the folder pages/ for pages in its old way: it looks for a file named like the address
directly in there, runs it alone, and says "Page not found" where there is none (its `pages_manager` and `_mpa_v1`). So
each address has such a file, which does nothing but run app.py. Afterwards these files are never looked at again.
"""

import runpy
from pathlib import Path

APP = Path(__file__).parent.parent.parent / "app.py"


def open_app() -> None:
    """Run the app, which finds the page of the address by itself."""
    runpy.run_path(str(APP))
