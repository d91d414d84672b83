"""Mending a sheet in place: problems grouped by what mends them, and what can be done about each group at once."""
