"""What spreadsheet programs write into a cell whose formula fails, in the languages they speak."""

_ENGLISH = (
    "#N/A #REF! #VALUE! #DIV/0! #NAME? #NUM! #NULL! #SPILL! #CALC! #FIELD! #BLOCKED! #CONNECT! #UNKNOWN! #BUSY! "
    "#GETTING_DATA #EXTERNAL! #PYTHON! #TIMEOUT! #ERROR! #N/A!"
)
_OTHERS = (
    "#NV #BEZUG! #WERT! #ZAHL! #ÜBERLAUF! #KALK! #FELD! "  # German
    "#VALEUR! #NOM? #NOMBRE! #NUL! #PROPAGATION! #EPARS! #CHAMP! "  # French
    "#N/D #N/D! #¡REF! #¡VALOR! #¡DIV/0! #¿NOMBRE? #¡NUM! #¡NÚM! #¡NULO! #¡DESBORDAMIENTO! #¡CALC! "  # Spanish
    "#RIF! #VALORE! #NOME? #NULLO! #ESPANSIONE! "  # Italian
    "#VALOR! #NÚM! #NULO! #DESPEJAR! "  # Portuguese
    "#N/B #VERW! #WAARDE! #DEEL/0! #NAAM? #GETAL! #LEEG! #OVERLOOP! "  # Dutch
    "#ADR! #ARG! #DZIEL/0! #NAZWA? #LICZBA! #ZERO! "  # Polish
    "#SAKNAS! #REFERENS! #VÄRDEFEL! #DIVISION/0! #NAMN? #OGILTIGT! #SKÄRNING! "  # Swedish
    "#I/T #REFERENCE! #VÆRDI! #NAVN? #VERDI! "  # Danish, Norwegian
    "#PUUTTUU! #VIITTAUS! #ARVO! #JAKO/0! #NIMI? #LUKU! #TYHJÄ! "  # Finnish
    "#ODKAZ! #HODNOTA! #NÁZEV? #ČÍSLO! #DĚLENÍ_NULOU! #NENÍ_K_DISPOZICI "  # Czech
    "#HIÁNYZIK #HIV! #ÉRTÉK! #ZÉRÓOSZTÓ! #NÉV? #SZÁM! #NULLA! "  # Hungarian
    "#YOK #BAŞV! #DEĞER! #SAYI/0! #AD? #SAYI! #BOŞ! "  # Turkish
    "#Н/Д #ССЫЛКА! #ЗНАЧ! #ДЕЛ/0! #ИМЯ? #ЧИСЛО! #ПУСТО!"  # Russian
)
_KNOWN = frozenset(f"{_ENGLISH} {_OTHERS}".split())
_FEWEST_HASHES = 4  # a column too narrow for its numbers


def is_error_text(text: str) -> bool:
    """Whether the whole cell is such a text, LibreOffice's `Err:502` and Excel's `########` included."""
    if text.startswith("Err:"):
        return text[4:].isdecimal()
    return text in _KNOWN or (len(text) >= _FEWEST_HASHES and not text.strip("#"))
