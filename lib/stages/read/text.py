"""CSV and its relatives: encoding, delimiter, quotes. One record is one row, as spreadsheet programs count."""

from lib.errors import UnreadableFile
from lib.model.problem import Problem, Severity
from lib.model.sheet import Source
from lib.stages.read.delimiter import DELIMITERS, detect_delimiter, named_delimiter
from lib.stages.read.encoding import ENCODINGS, Decoded, decode
from lib.stages.read.grid import Grid
from lib.stages.read.records import QuoteTrouble, read_records
from lib.stages.read.wrapped import unwrapped, wrapped_lines
from lib.words.say import later, say

__all__ = ["DELIMITERS", "ENCODINGS", "read_text"]

GUESSED = later(
    "We took this file for {encoding}, which makes these words: {words}. If they are wrong, choose another encoding on "
    "Upload ({others}), or save it as UTF-8."
)
GUESSED_ALONE = later(
    "We took this file for {encoding}, which makes these words: {words}. If they are wrong, choose another encoding on "
    "Upload, or save it as UTF-8."
)


def read_text(file_name: str, content: bytes, *, encoding: str | None = None, delimiter: str | None = None) -> Grid:
    """The rows of a text file; raises `UnreadableFile`. Whatever had to be guessed or mended is in the notes."""
    decoded = decode(content, encoding)
    named = named_delimiter(decoded.text)
    body = decoded.text[named[1] :] if named else decoded.text
    found = delimiter or (named[0] if named else detect_delimiter(body))
    rows, notes = _rows(body, found)
    whole = unwrapped(rows, delimiter)
    if whole:
        rows, found, note = whole
        notes.append(note)
    rows = [["sep=" + found], *rows] if named else rows  # it stays row 1, so that row numbers stay true
    return Grid(
        source=Source(
            file_name=file_name,
            encoding=decoded.encoding,
            delimiter=found,
            encoding_is_guess=decoded.is_guess,
            readings=decoded.readings,
        ),
        rows=rows,
        problems=tuple(wrapped_lines(rows, found)),
        notes=(*_about_encoding(decoded), *notes),
    )


def _rows(text: str, delimiter: str) -> tuple[list[list[str]], list[Problem]]:
    """The rows, and a note where they can only be told apart if quotation marks are written as \\"."""
    try:
        return read_records(text, delimiter), []
    except QuoteTrouble as trouble:
        if '\\"' in text:
            try:
                return read_records(text, delimiter, escapes=True), [_escaped()]
            except QuoteTrouble:
                pass
        raise UnreadableFile(_quote_trouble(trouble)) from None


def _quote_trouble(trouble: QuoteTrouble) -> str:
    if trouble.unclosed:
        return say(
            'Row {row:,} opens a quotation mark (") that is never closed, so nothing after it can be told apart. '
            "Close it, or write a quotation mark inside a value twice.",
            row=trouble.row,
        )
    return say(
        'Row {row:,} has a quotation mark (") in the middle of a quoted value. '
        "Write quotation marks inside a value twice, or save the file again from your spreadsheet program.",
        row=trouble.row,
    )


def _about_encoding(decoded: Decoded) -> list[Problem]:
    if not decoded.is_guess:
        return []
    words = decoded.readings[0][1]
    encoding, others = (
        say(ENCODINGS[decoded.encoding]),
        ", ".join(say(ENCODINGS[name]) for name, _ in decoded.readings[1:]),
    )
    sentence = GUESSED if others else GUESSED_ALONE
    return [
        Problem(
            kind=later("Encoding guessed"),
            expected=say("a file in UTF-8, or your word for how it is written"),
            fix=say(sentence, encoding=encoding, words=words, others=others),
            severity=Severity.WARNING,
        )
    ]


def _escaped() -> Problem:
    return Problem(
        kind=later("Quotation marks after backslashes"),
        expected=say("quotation marks inside a value written twice"),
        fix=say(
            'Nothing to do: quotation marks written as \\" were read as quotation marks, and \\\\ as one backslash.'
        ),
        severity=Severity.FIXED,
    )
