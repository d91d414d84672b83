"""Names of months in the languages that sheets come in, for a parser that knows the English ones."""

import re

_NAMES = {
    "January": "januar jänner janvier enero janeiro gennaio januari",
    "February": "februar février fevrier febrero fevereiro febbraio februari",
    "March": "märz maerz mars marzo março marco maart mrz",
    "April": "avril abril aprile avr abr",
    "May": "mai mayo maio maggio mei",
    "June": "juni juin junio junho giugno",
    "July": "juli juillet julio julho luglio",
    "August": "août aout agosto augustus",
    "September": "septembre septiembre setembro settembre",
    "October": "oktober octobre octubre outubro ottobre okt",
    "November": "novembre noviembre novembro",
    "December": "dezember décembre decembre diciembre dezembro dicembre dez dic",
}
_ENGLISH = {word: english for english, words in _NAMES.items() for word in words.split()}
_WORD = re.compile(r"[^\W\d_]+")
_FILLERS = {"de", "del", "di", "van", "der", "den", "le", "el", "à", "um", "uhr", "the", "of"}


def in_english(text: str) -> str:
    """`text` with its month in English and without small words between day, month and year."""

    def word(found: re.Match[str]) -> str:
        lower = found[0].casefold()
        return "" if lower in _FILLERS else _ENGLISH.get(lower, found[0])

    return _WORD.sub(word, re.sub(r"(?<=\d)\.(?=\s)", " ", text))
