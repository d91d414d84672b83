"""Catalogues of translations: gettext's files, read with Babel, since they need no step of building that way."""

import gettext
import io
from functools import cache
from pathlib import Path

from lib.words.language import Language

FOLDER = Path(__file__).parent


@cache
def catalogue(language: Language) -> gettext.NullTranslations:
    """What is said in this language; English is what the code says."""
    if language is Language.ENGLISH:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # whoever reads English, a reader of files above all, waits for neither
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with (FOLDER / f"{language}.po").open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
