"""The person's file with what was mended in it: a workbook as it was wherever that can be, else its rows anew."""

from pathlib import PurePath

from lib.errors import UnreadableFile
from lib.model.cell_limits import fits
from lib.model.formula_guard import guarded_where_mistakable
from lib.reports.files import csv_bytes
from lib.reports.workbook import Look, excel_bytes
from lib.stages.read.reader import rewritten_file
from lib.stages.read.request import Request
from lib.words.say import later, say
from lib.workflow.destination import Uploaded

AS_IT_WAS = ".xlsx"  # others are not rewritten, and macros are not handed on
ANEW = later(
    "This is a new workbook with the rows of your file as they were mended. How your own looked could not be kept: "
    "that is done for .xlsx files only, and where no formula or merged cell is torn apart."
)


def mended_name(uploaded: Uploaded) -> str:
    """What the file is called."""
    source = uploaded.sheet.source
    return f"{PurePath(source.file_name).stem}-mended{AS_IT_WAS if source.tab else '.csv'}"


def mended_words(uploaded: Uploaded) -> str:
    """What to expect of it."""
    if not uploaded.sheet.source.tab:
        return say("All rows of your file as CSV, with the changes made here.")
    if _may_be_kept(uploaded):
        return say("Your workbook as it was, with the changes made here. If it cannot be kept, a new one says so.")
    return say("A new Excel file with your rows and the changes made here. Formats and macros are not kept.")


def mended_file(uploaded: Uploaded) -> bytes:
    """The file. A new workbook says that it is one."""
    source, frame = uploaded.sheet.source, uploaded.edited.frame
    if not source.tab:
        return csv_bytes(frame)
    try:
        return rewritten_file(to_rewrite(uploaded), uploaded.upload.content)
    except UnreadableFile:
        return excel_bytes(frame, Look(about=say(ANEW)))


def to_rewrite(uploaded: Uploaded) -> Request:
    """The cells of the workbook that say something else now; raises `UnreadableFile` where it cannot hold them."""
    source, sheet, frame = uploaded.sheet.source, uploaded.sheet, uploaded.edited.frame
    if not _may_be_kept(uploaded):
        raise UnreadableFile(say("Only .xlsx workbooks are mended as they are."))
    texts: dict[str, dict[str, str]] = {}
    for column in uploaded.edits.texts.keys() & sheet.places.keys():
        new = frame[column][frame[column] != sheet.frame[column]]
        if not new.map(fits).all():
            raise UnreadableFile(say("No cell can hold so long a text."))
        for row, text in guarded_where_mistakable(new).items():
            texts.setdefault(str(row), {})[str(sheet.places[column])] = text
    return Request(file_name=source.file_name, tab=source.tab, texts=texts)


def _may_be_kept(uploaded: Uploaded) -> bool:
    return PurePath(uploaded.sheet.source.file_name).suffix.lower() == AS_IT_WAS
