"""An import that was begun, as it is kept and taken up again: the file and what was done with it, never a token."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from lib.model.draft import Draft, Work
from lib.model.remembered import Remembered, signature, types_of
from lib.workflow.destination import Chosen, Opened, Uploaded
from lib.workflow.journey import Journey
from lib.workflow.matching import Matched
from lib.workflow.planning import Decided
from lib.workflow.upload import File, Upload

READING = ("tab", "header_row", "encoding", "delimiter")


def about(journey: Journey, id: str, step: str, *, is_demo: bool) -> Draft:
    """What a draft of this journey is listed as; its file was read."""
    opened, chosen, uploaded = journey.at(Opened), journey.at(Chosen), journey.at(Uploaded)
    return Draft(
        id=id,
        site_id=opened.site.id,
        site_name=opened.site.display_name,
        collection_id=chosen.collection.id,
        collection_name=chosen.collection.display_name,
        file_name=uploaded.upload.name,
        rows=uploaded.sheet.row_count,
        step=step,
        is_demo=is_demo,
        saved_on=datetime.now(UTC),
    )


def work_of(journey: Journey) -> Work:
    """All that was done so far."""
    uploaded, matched, decided = journey.at(Uploaded), journey.reached(Matched), journey.reached(Decided)
    mapping = matched.mapping if matched else uploaded.mapping
    return Work(
        reading={name: getattr(uploaded.upload, name) for name in READING},
        locale_id=journey.at(Opened).locale_id,
        mapping=mapping,
        types=types_of(mapping, uploaded.before.collection) if mapping else {},
        edits=uploaded.edits,
        creates=journey.file.creates if journey.file else False,
        leave_out=decided.leave_out if decided else None,
        left_out=journey.file.left_out if journey.file else frozenset(),
        choices=journey.choices,
        read_back=journey.read_back,
    )


def taken_up(journey: Journey, draft: Draft, work: Work, content: bytes) -> Journey:
    """The journey with the file and the choices of a draft, on the collection that was chosen again."""
    reading: dict[str, Any] = dict(work.reading)
    upload = Upload(name=draft.file_name, content=content, **reading)
    one = journey.bring(
        File(id=draft.id, upload=upload, edits=work.edits, left_out=work.left_out, creates=work.creates)
    )
    return replace(one, choices=work.choices, read_back=work.read_back)


def is_on_its_way(journey: Journey, draft: Draft, work: Work) -> bool:
    """Whether this is still the file of the draft, read as it was, for its collection and language."""
    opened, chosen, file = journey.reached(Opened), journey.reached(Chosen), journey.file
    if opened is None or chosen is None or file is None or file.id != draft.id:
        return False
    is_read_alike = {name: getattr(file.upload, name) for name in READING} == dict(work.reading)
    return is_read_alike and (chosen.collection.id, opened.locale_id) == (draft.collection_id, work.locale_id)


def still_holds(matched: Matched, work: Work) -> bool:
    """Whether the items are found as they were, and every pair of columns and fields is still one."""
    is_whole = matched.reused is not None and not matched.reused.dropped and matched.is_of_use
    return is_whole and work.mapping is not None and matched.mapping.key_column == work.mapping.key_column


def remembered(draft: Draft, work: Work, known: Iterable[Remembered] = ()) -> Iterator[Remembered]:
    """How the file of a draft was matched, as if it were an earlier file: held against the collection as it is now.

    What is `known` of such files still tells how their values were settled.
    """
    if work.mapping:
        columns = signature(match.column for match in work.mapping.matches)
        same = (one for one in known if signature(match.column for match in one.mapping.matches) == columns)
        yield Remembered(
            id=draft.id,
            name=draft.file_name,
            mapping=work.mapping,
            types=work.types,
            settled=next((one.settled for one in same), ()),
            saved_on=draft.saved_on,
        )
