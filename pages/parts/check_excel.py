"""Rows with errors, taken to a spreadsheet and brought back corrected: the same work goes on."""

from collections.abc import Callable, Iterator

import streamlit as st

from lib.errors import UnreadableFile
from lib.model.row_key import RowKeys, state_mark
from lib.model.sheet import Sheet
from lib.reports.to_fix import choices_of, errors_to_fix, to_come_back
from lib.reports.workbook import TAB
from lib.stages.mending.corrections import Corrections, corrections
from lib.words.say import count, say, say_many
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
    bad = checked.bad
    label = say("Correct {rows} in Excel", rows=count(bad, "row", "rows")) if bad else say("I corrected rows in Excel")
    folded.part(label, lambda: _both_ways(state, checked), key="part_excel", icon=":material/table_view:")


def _both_ways(state: Visit, checked: Checked) -> None:
    if checked.bad:
        told = say(
            "The file has the rows with errors as they are now, wrong cells in red, each with its problem and how to "
            "fix it. Correct it, save it, and bring it back here. Your other rows stay as they are."
        )
        st.text(told)
        stem = checked.before.sheet.source.file_name.rsplit(".", 1)[0]
        label = say("{rows} to fix (Excel)", rows=count(checked.bad, "row", "rows"))
        tables.download(label, lambda: to_fix(checked), f"{stem}-to-fix.xlsx", key="to_fix")
    file = st.file_uploader(say("I corrected it in Excel"), type=FILE_TYPES, key="corrected")
    if file is None:
        state.returned = None
        return
    if state.returned is None or state.returned.id != file.file_id:
        state.returned = _read(file.file_id, Upload(name=file.name, content=file.getvalue(), tab=say(TAB)))
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
        what = say("Reading {file}", file=plain(upload.name))
        sheet = waits.do(work, waits.back_to(steps.CHECK.path), what)
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
        st.success(say("All that this file says is in the sheet."), icon=":material/check_circle:")
        return
    st.text("\n".join(_examples(found, uploaded)))
    made, rows = count(found.cells, "correction", "corrections"), count(found.rows, "row", "rows")
    label = say("Make {corrections} in {rows}", corrections=made, rows=rows)
    edit = mending.corrected(returned.name, found)
    st.button(label, key="take_corrections", icon=":material/check:", on_click=editing.then, args=(state, edit))


def _examples(found: Corrections, uploaded: Uploaded) -> Iterator[str]:
    frame = uploaded.edited.frame
    cells = [(column, row, text) for column, new in found.texts.items() for row, text in new.items()]
    for column, row, text in cells[:EXAMPLES]:
        before, after = excerpt(str(frame.loc[row, column])), excerpt(text)
        yield say("{column}, row {row}: {before} → {after}", column=column, row=row, before=before, after=after)
    if cells[EXAMPLES:]:
        yield say("and {cells}", cells=count(len(cells) - EXAMPLES, "more cell", "more cells"))


def _not_used(found: Corrections) -> Iterator[str]:
    """What of the file is left alone, in words."""
    if found.unknown:
        yield say(
            "{rows} not used: the row key is missing or was altered, so nobody can tell which row of your file is "
            "meant.",
            rows=count(found.unknown, "row", "rows"),
        )
    if found.unlike:
        yield say("{rows} not used: there more than once, and not alike.", rows=count(found.unlike, "row", "rows"))
    if found.missing:
        yield say_many(
            found.missing,
            "{number:,} row of the download did not come back. It stays as it is here.",
            "{number:,} rows of the download did not come back. They stay as they are here.",
        )
    if found.lost:
        lost = count(len(found.lost), "column", "columns")
        yield say("{columns} not found in this file: {names}. They stay.", columns=lost, names=", ".join(found.lost))
    if found.unread:
        cells = count(found.unread, "cell", "cells")
        yield say("{cells} not used: an error or a formula without a result.", cells=cells)
    if found.is_behind:
        yield say(
            "Changes made here were taken back since the download: where the file says otherwise, the file counts."
        )
