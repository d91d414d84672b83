"""Papaparse for the table and zod for the rows, under node."""

import functools

from benchmarks.peers import under_node

NEEDS = ()
missing = under_node.missing
read = functools.partial(under_node.read, "papaparse_zod")
seconds = functools.partial(under_node.seconds, "papaparse_zod")
