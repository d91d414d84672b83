"""A run's pages and their parts. This file makes it a package: the door `pages/runs.py` has the same name."""
