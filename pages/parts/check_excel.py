"""Rows with errors, taken to a spreadsheet and brought back corrected: the same work goes on."""

from collections.abc import Callable, Iterator

import streamlit as st

from lib.errors import UnreadableFile
from lib.model.row_key import RowKeys, state_mark
from lib.model.sheet import Sheet
from lib.reports.to_fix import choices_of, errors_to_fix, to_come_back
from lib.reports.workbook import TAB
from lib.stages.mending.corrections import Corrections, corrections
from lib.words.say import count
from lib.workflow import mending
from lib.workflow.background import Progress
from lib.workflow.checking import Checked
from lib.workflow.destination import Uploaded
from lib.workflow.upload import Upload
from pages.shared import editing, folded, steps, tables, waits
from pages.shared.plain import excerpt, plain
from pages.shared.visit import Returned, Visit

FILE_TYPES = ["xlsx", "xlsm", "xls", "ods", "csv"]
EXAMPLES = 3


def draw(state: Visit, checked: Checked) -> None:
    """All of it, behind a fold."""
    label = f"Correct {count(checked.bad, 'row', 'rows')} in Excel" if checked.bad else "I corrected rows in Excel"
    folded.part(label, lambda: _both_ways(state, checked), key="part_excel", icon=":material/table_view:")


def _both_ways(state: Visit, checked: Checked) -> None:
    if checked.bad:
        st.text(
            "The file has the rows with errors as they are now, wrong cells in red, each with its problem and how to "
            "fix it. Correct it, save it, and bring it back here. Your other rows stay as they are."
        )
        stem = checked.before.sheet.source.file_name.rsplit(".", 1)[0]
        label = f"{count(checked.bad, 'row', 'rows')} to fix (Excel)"
        tables.download(label, lambda: to_fix(checked), f"{stem}-to-fix.xlsx", key="to_fix")
    file = st.file_uploader("I corrected it in Excel", type=FILE_TYPES, key="corrected")
    if file is None:
        state.returned = None
        return
    if state.returned is None or state.returned.id != file.file_id:
        state.returned = _read(file.file_id, Upload(name=file.name, content=file.getvalue(), tab=TAB))
    _take(state, state.returned)


def to_fix(checked: Checked) -> bytes:
    """The rows with errors as a workbook."""
    matched, uploaded = checked.before, checked.before.before
    table, red = errors_to_fix(matched.sheet, checked.problems)
    keys = RowKeys(file=uploaded.mark, state=state_mark(uploaded.edits), rows=len(table))
    return to_come_back(table, red, keys, choices_of(matched.mapping, matched.collection, matched.context))


def _read(file_id: str, upload: Upload) -> Returned:
    """The file, read like any other."""

    def work(progress: Progress) -> Sheet:
        def started(end: Callable[[], None]) -> None:
            progress.ends_by(end)

        return upload.read(started=started)

    try:
        sheet = waits.do(work, waits.back_to(steps.CHECK.path), f"Reading {plain(upload.name)}")
    except UnreadableFile as error:
        return Returned(id=file_id, name=upload.name, unread=str(error))
    return Returned(id=file_id, name=upload.name, sheet=sheet)


def _take(state: Visit, returned: Returned) -> None:
    """What the file says otherwise, and the button that takes it over."""
    uploaded = state.journey.at(Uploaded)
    try:
        if returned.sheet is None:
            raise UnreadableFile(returned.unread)
        found = corrections(returned.sheet, uploaded.sheet, uploaded.edits, uploaded.mark)
    except UnreadableFile as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    for sentence in _not_used(found):
        st.text(sentence)
    if not found.cells:
        st.success("All that this file says is in the sheet.", icon=":material/check_circle:")
        return
    st.text("\n".join(_examples(found, uploaded)))
    label = f"Make {count(found.cells, 'correction', 'corrections')} in {count(found.rows, 'row', 'rows')}"
    edit = mending.corrected(returned.name, found)
    st.button(label, key="take_corrections", icon=":material/check:", on_click=editing.then, args=(state, edit))


def _examples(found: Corrections, uploaded: Uploaded) -> Iterator[str]:
    frame = uploaded.edited.frame
    cells = [(column, row, text) for column, new in found.texts.items() for row, text in new.items()]
    for column, row, text in cells[:EXAMPLES]:
        yield f"{column}, row {row}: {excerpt(str(frame.loc[row, column]))} → {excerpt(text)}"
    if cells[EXAMPLES:]:
        yield f"and {count(len(cells) - EXAMPLES, 'more cell', 'more cells')}"


def _not_used(found: Corrections) -> Iterator[str]:
    """What of the file is left alone, in words."""
    if found.unknown:
        yield (
            f"{count(found.unknown, 'row', 'rows')} not used: the row key is missing or was altered, so nobody can tell which "
            "row of your file is meant."
        )
    if found.unlike:
        yield f"{count(found.unlike, 'row', 'rows')} not used: there more than once, and not alike."
    if found.missing:
        stay = "It stays as it is" if found.missing == 1 else "They stay as they are"
        yield f"{count(found.missing, 'row', 'rows')} of the download did not come back. {stay} here."
    if found.lost:
        yield f"{count(len(found.lost), 'column', 'columns')} not found in this file: {', '.join(found.lost)}. They stay."
    if found.unread:
        yield f"{count(found.unread, 'cell', 'cells')} not used: an error or a formula without a result."
    if found.is_behind:
        yield "Changes made here were taken back since the download: where the file says otherwise, the file counts."
