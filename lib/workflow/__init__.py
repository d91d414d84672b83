"""Use cases of the pages that join several rooms of the house, one a file."""
