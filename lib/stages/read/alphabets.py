"""The letters beyond A to Z of languages, the commonest first, and the code pages that were made to write them."""

_WESTERN = (
    "éàèêçâùîôûëïœ",  # French
    "üäöß",  # German
    "óíáéñúü",  # Spanish, Catalan
    "ãçáéíóêõâúàô",  # Portuguese
    "èàùòìé",  # Italian
    "äåöé",  # Swedish, Finnish
    "øåæé",  # Danish, Norwegian
    "áíðéóöúþæý",  # Icelandic
    "éëïóèö",  # Dutch
)
_CENTRAL = (
    "łęąóżśćńź",  # Polish
    "áíéěýžřčšůúťóňď",  # Czech
    "áíéýčžšúťľóôňďäĺŕ",  # Slovak
    "éáöóőüíúű",  # Hungarian
    "ăîşţâ",  # Romanian
    "čšžćđ",  # Croatian, Slovene
)
_CYRILLIC = (
    "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",  # Russian, Bulgarian
    "оаинвіерткслудпямзбьгчйхцжєюїфшщґ",  # Ukrainian
)
_TURKISH = ("ıüşğçöâîû",)
_BALTIC = ("ėųšįąžūęč", "āīēšņūļķčžģ", "äõüöšž")
_GREEK = ("αοιετσνηυρπκμλωςγδίάόχήθφύέβώξζψϊϋΐΰ",)
_HEBREW = ("יוהלארתבמשנםעדקחפטגצסןזךכץףּ",)
_ARABIC = ("اليمنوترعدبسهةفقكحجأشصطخذىزضئءثغظإؤآ",)
_THAI = ("านรอกเงมยลวดทสตะปบคหแจพชขใไโผซธณภฐศษญถฟฉฮ่้ีิัืุู์ำ็ึ",)

ALPHABETS: dict[str, tuple[str, ...]] = {
    "cp1252": _WESTERN,
    "mac_roman": _WESTERN,
    "cp850": _WESTERN,
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "mac_latin2": _CENTRAL,
    "cp852": _CENTRAL,
    "cp1251": _CYRILLIC,
    "koi8_u": _CYRILLIC,
    "mac_cyrillic": _CYRILLIC,
    "cp866": _CYRILLIC,
    "cp1253": _GREEK,
    "cp1254": _TURKISH,
    "cp1257": _BALTIC,
    "cp1255": _HEBREW,
    "cp1256": _ARABIC,
    "cp874": _THAI,
}
# Typographic signs, which every language uses between words; the apostrophe stands inside of them too.
SIGNS = "’“”‘„–—…€£§©®™°·«»¿¡½²³ºª\u00a0"
NEVER_AFTER_LETTERS = "€£§©«“„½¿¡"
