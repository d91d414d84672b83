"""References to items that are gone: an export still names them, and nobody should have to weed them out."""

from dataclasses import replace

import pandas as pd

from lib.fields import Reading, Surroundings
from lib.fields.reference import NO_SUCH_ITEM, known_ids
from lib.model.collection import Field
from lib.model.mapping import ReadingChoices
from lib.model.problem import Finding, Severity

GONE = "Refers to an item that is gone"


def forgive_gone(
    reading: Reading, texts: pd.Series, before: pd.Series, field: Field, choices: ReadingChoices, around: Surroundings
) -> Reading:
    """The reading in which a list is no error whose names, as far as they exist, are just what the item holds.

    Such a cell is left as it is; the names that were not found become a warning.
    """
    existing = {item.id for item in around.targets.get(field.target_collection_id or "", ())}
    unknown = [finding for finding in reading.findings if finding.kind == NO_SUCH_ITEM]
    rows = [row for finding in unknown for row in finding.rows]
    if not rows:
        return reading
    found = known_ids(texts[rows], field, choices, around)
    held = before[rows].map(lambda ids: [one for one in ids or [] if one in existing])
    settled = {row for row in rows if held[row] and found[row] == held[row]}
    findings = [part for finding in reading.findings for part in _parted(finding, settled)]
    return replace(reading, findings=tuple(findings))


def _parted(finding: Finding, settled: set[int]) -> list[Finding]:
    if finding.kind != NO_SUCH_ITEM or not settled:
        return [finding]
    gone = finding.only(settled)
    fixes = [f"{fix} The cell is left as it is." for fix in gone.fix]
    parts = [
        finding.only(set(finding.rows) - settled),
        replace(gone, kind=GONE, severity=Severity.WARNING, fix=fixes),
    ]
    return [part for part in parts if part.rows]
