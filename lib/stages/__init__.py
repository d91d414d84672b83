"""Verbs: one pure function for each step from bytes to batches."""
