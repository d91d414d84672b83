"""An import that was begun, as it is kept and taken up again: the file and what was done with it, never a token."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from lib.model.draft import Draft, Work
from lib.model.remembered import Remembered, types_of
from lib.workflow.destination import Chosen, Opened, Uploaded
from lib.workflow.journey import Journey
from lib.workflow.planning import Decided
from lib.workflow.preparation import Matched
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
        leave_out=decided.leave_out if decided else None,
        left_out=decided.left_out if decided else frozenset(),
        choices=journey.choices,
        read_back=journey.read_back,
    )


def taken_up(journey: Journey, draft: Draft, work: Work, content: bytes) -> Journey:
    """The journey with the file and the choices of a draft, on the collection that was chosen again."""
    upload = Upload(name=draft.file_name, content=content, **work.reading)  # type: ignore[arg-type]
    one = journey.bring(File(id=draft.id, upload=upload, edits=work.edits))
    return replace(one, choices=work.choices, read_back=work.read_back)


def decided_again(journey: Journey, work: Work) -> Journey:
    """The checked journey with what was decided about rows with errors, and about items; as it is without that."""
    if work.leave_out is None:
        return journey
    one = journey.decide(work.leave_out)
    return replace(one, stage=replace(one.at(Decided), left_out=work.left_out))


def remembered(draft: Draft, work: Work) -> Iterator[Remembered]:
    """How the file of a draft was matched, as if it were an earlier file: held against the collection as it is now."""
    if work.mapping:
        yield Remembered(
            id=draft.id,
            name=draft.file_name,
            mapping=work.mapping,
            types=work.types,
            settled=(),
            saved_on=draft.saved_on,
        )
