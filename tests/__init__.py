"""Claims about Flowsheet. The folders mirror the code."""
