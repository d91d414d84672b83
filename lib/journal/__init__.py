"""The records of runs: the only package that speaks SQL. The database is the truth, threads are disposable."""
