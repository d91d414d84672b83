"""The only door to runs for pages: see them, start them, control them, and know what may come next."""
