"""The validation step of react-spreadsheet-import, under node."""

import functools

from benchmarks.peers import under_node

NEEDS = ()
missing = under_node.missing
read = functools.partial(under_node.read, "spreadsheet_import")
seconds = functools.partial(under_node.seconds, "spreadsheet_import")
