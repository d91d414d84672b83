"""Sending a plan: batch by batch, taking refused ones apart, in the background, watched from any page."""
