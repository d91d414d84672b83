"""What people take home: rows, problems, runs, as CSV, Excel and JSON."""
