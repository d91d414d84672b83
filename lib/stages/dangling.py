"""References to items that are gone: an export still names them, and nobody should have to weed them out."""

from dataclasses import replace

import pandas as pd

from lib.fields import Reading, Surroundings
from lib.fields.reference import NO_SUCH_ITEM, known_ids
from lib.model.collection import Field
from lib.model.mapping import ReadingChoices
from lib.model.problem import Finding, Severity


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
    parts = [_of(finding, set(finding.rows) - settled), _of(finding, settled & set(finding.rows))]
    parts[1] = replace(
        parts[1],
        kind="Refers to an item that is gone",
        severity=Severity.WARNING,
        fix=[f"{fix} The cell is left as it is." for fix in parts[1].fix],
    )
    return [part for part in parts if part.rows]


def _of(finding: Finding, rows: set[int]) -> Finding:
    kept = [place for place, row in enumerate(finding.rows) if row in rows]
    return replace(
        finding,
        rows=tuple(finding.rows[place] for place in kept),
        values=tuple(finding.values[place] for place in kept),
        fix=[finding.fix[place] for place in kept],
    )
