"""Results of the whole road from bytes to plan, pinned before anybody makes it faster.

`scenes` makes the imports, `result` writes down what comes of one, `results/` keeps what came of it, and `test_golden`
compares. Who changes a result on purpose says so with `python -m tests.golden.pin`, and looks at the difference.
"""
