"""Nouns: what people and Webflow talk about, as frozen values."""
