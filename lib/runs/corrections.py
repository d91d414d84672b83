"""Values given in place for cells that failed, read like those of a file."""

from collections.abc import Mapping, Sequence

import pandas as pd

from lib.fields import kind_of
from lib.fields.base import ReadContext
from lib.model.collection import Field
from lib.model.mapping import ReadingChoices
from lib.model.plan import Change, Correction
from lib.model.problem import Severity
from lib.words.say import later, say


def left_by(change: Change) -> dict[str, object]:
    """What a correction of one address leaves as it is: the alt text that was to be sent with it; of all other values
    what the item held."""
    return {slug: sent if isinstance(sent, Mapping) else change.before.get(slug) for slug, sent in change.after.items()}


def read_corrections(
    corrections: Sequence[Correction],
    fields: Mapping[str, Field],
    context: ReadContext,
    before: Mapping[int, Mapping[str, object]],
    spoken: Mapping[int, str | None],
) -> tuple[dict[int, dict[str, object]], list[str]]:
    """Texts given in place as values by row and field slug, and a sentence for each that cannot be read.

    `before` is what the rows' items held, by row and field slug: images that stay keep their alt texts. `spoken` is the
    language of each row (None: the primary one).
    """
    values: dict[int, dict[str, object]] = {}
    problems: list[str] = []
    for one in corrections:
        field = fields[one.field]
        kind = kind_of(field.type)
        reading = kind.read(
            pd.Series([one.text.strip()], index=[one.row], name=field.display_name, dtype="str"),
            field,
            ReadingChoices(),
            context.spoken(spoken.get(one.row)),
        )
        value = reading.values.iloc[0]
        expected = [problem.expected for problem in reading.problems if problem.severity is Severity.ERROR]
        if value is not None:
            expected += [rule.expected for rule in kind.rules(field) if not rule.holds(reading.values).all()]
        if expected:
            sentence = later("Row {row}, {field}: expected {expected}.")
            problems.append(say(sentence, row=one.row, field=field.display_name, expected=expected[0]))
        else:
            held = pd.Series([before.get(one.row, {}).get(one.field)], index=[one.row], dtype="object")
            values.setdefault(one.row, {})[one.field] = kind.write(reading.values, held).iloc[0]
    return values, problems
