"""A faithful Webflow on loopback, for the demo, tests and trying things out. It imports nothing else of ours."""

from lib.sandbox.server import Sandbox

__all__ = ["Sandbox"]
