"""Whoever reads German gets the same values and the same kinds of problems: only their words are others."""

import pandas as pd
import pytest

from lib.fields import Reading, kind_of
from lib.model.collection import Field, FieldType
from lib.model.mapping import ReadingChoices
from lib.words.language import Language, speaking
from tests.builders import a_field
from tests.fields.test_reading import AROUND, CHOICES, REFERS, TIMED

ODD = (
    "abc",
    "1,234",
    "(1.5)",
    "12,5 %",
    "1e5",
    "03/04/2025",
    "Mo, 1.2.24",
    "45000",
    "#N/A",
    "ja",
    "no",
    "Grün; Blau",
    "ada@example.com",
    "mailto:ada@example.com",
    "javascript:x",
    "cat.jpg (https://example.com/cat.pdf)",
    "https://drive.google.com/drive/folders/1",
    "<p>a</p><table><tr><td>1</td></tr></table>",
    "<p><code>x</code> {{wf x}}</p>",
    "# Head\n\n- a\n- b",
    "&lt;b&gt;",
    "a\u200bb",
)
OTHERS = (FieldType.ALT_TEXT, FieldType.UNKNOWN)
FIELDS = [
    a_field("thing", type, validations={**CHOICES, **REFERS, **TIMED}) for type in FieldType if type not in OTHERS
]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.type.name)
def test_what_a_cell_means_does_not_depend_on_who_reads(field: Field) -> None:
    german, english = (_read(field, language) for language in (Language.GERMAN, Language.ENGLISH))
    assert list(german.values) == list(english.values)
    assert [(one.kind, one.rows) for one in german.problems] == [(one.kind, one.rows) for one in english.problems]


def _read(field: Field, language: Language) -> Reading:
    texts = pd.Series(ODD, index=range(2, len(ODD) + 2), name="Thing", dtype="str")
    with speaking(language):
        return kind_of(field.type).read(texts, field, ReadingChoices(), AROUND)
