"""What can be measured, one a file: `measure(options)` gives its figures, and the goals that they are held against."""
