"""Figures beside peers, in one run: `make bench`, or one of the files by itself with `python -m benchmarks.NAME`."""
