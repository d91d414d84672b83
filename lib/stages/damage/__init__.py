"""What spreadsheets, mail and encodings do to text, and how to tell it: one family of damages a file.

A damage is told by comparing a cell with the text that it would replace; where there is none to compare with, only the
unmistakable marks count. `witnessed` adds to the reading of a column what was found out about it.
"""

from lib.stages.damage.decide import Decision, accept, decisions
from lib.stages.damage.witness import witnessed

__all__ = ["Decision", "accept", "decisions", "witnessed"]
