"""The demo site and what it is made of."""
