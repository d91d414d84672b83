"""The only package that speaks HTTP: Webflow's Data API v2, as far as an importer needs it."""
