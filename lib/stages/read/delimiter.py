"""What stands between the columns of a text file."""

import csv
import io
import re
from collections import Counter

from lib.words.say import later

DELIMITERS = {",": later("Comma"), ";": later("Semicolon"), "\t": later("Tab"), "|": later("Vertical bar")}
SAMPLE = 64_000
SAMPLE_RECORDS = 60
_SEP_LINE = re.compile(r'sep=([^"\r\n])(?:\r\n?|\n)', re.IGNORECASE)


def named_delimiter(text: str) -> tuple[str, int] | None:
    """The delimiter that a first line `sep=;` names, as Excel writes it, and where the text after it begins."""
    line = _SEP_LINE.match(text)
    return (line.group(1), line.end()) if line else None


def detect_delimiter(text: str) -> str:
    """The delimiter that cuts the first records most evenly; a comma where there is only one column."""
    sample = text[:SAMPLE]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, skipinitialspace=True)
    records = [record for _, record in zip(range(SAMPLE_RECORDS), reader, strict=False)]
    widths = Counter(len(record) for record in records if record)
    if not widths:
        return 0.0, 0
    width, frequency = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1]))
    return (frequency / sum(widths.values()), width) if width > 1 else (0.0, 1)
