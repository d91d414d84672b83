"""`Runs`: runs on record, as a visitor starts, sees and controls them, and makes what comes after them."""

import hashlib
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from lib.errors import FlowsheetError
from lib.fields import ReadContext
from lib.journal import claims, drafts, retention, specs, stored_forms, views
from lib.journal.database import Database, database
from lib.journal.mappings import Owner
from lib.journal.under_way import is_known
from lib.log import Event
from lib.model.collection import Collection
from lib.model.person import Person
from lib.model.plan import Change, Correction
from lib.model.run import Outcome, Run, RunKind
from lib.model.run_spec import RunSpec
from lib.model.run_state import LIVE, RunState, Wanted
from lib.model.site import Languages
from lib.model.stored_form import Memory
from lib.reports import follow_ups, run_report
from lib.runs import follow_up, process, told, undoing, worker
from lib.runs.clock import since_stored
from lib.runs.compare import Tell
from lib.runs.corrections import left_by, read_corrections
from lib.runs.reading import load_targets, read_updated
from lib.runs.service import at_hand, room
from lib.runs.service.drafts import Drafts, drafts_of
from lib.runs.service.mappings import Mappings
from lib.runs.service.next_steps import Access, access_to
from lib.runs.service.undo_preview import UndoPreview
from lib.runs.timing import Timing
from lib.runs.waits import UNTOLD, Waits
from lib.settings import settings
from lib.stages.batch import batched
from lib.webflow.connection import Connection
from lib.words.language import spoken
from lib.words.say import say

_purged_on: dict[Database, date] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """The runs on record in `db`, for `visitor`, who signed in (None: where there is no sign-in).

    Everything raises `JournalUnavailable` when the records cannot be had.
    """

    db: Database
    visitor: Person | None = None
    timing: Timing = field(default_factory=Timing)

    def start(self, connection: Connection, spec: RunSpec, key: str) -> str:
        """Write the run down, start it in the background, and return its id; the same `key` never starts another.

        Raises `CollectionBusy` while another run works on the collection, `FlowsheetError` without room for one more.
        """
        if not is_known(self.db, key):
            room.check(self.db, self.person(connection), is_demo=connection.is_demo)
        run_id = specs.create(
            self.db,
            replace(spec, language=spoken()),
            batched(spec.plan.changes, spec.collection),
            key=key,
            person=self.person(connection),
            lock_key=self._lock_key(connection, spec.collection),
            who=self.visitor.name if self.visitor else "",
            is_demo=connection.is_demo,
        )
        self.carry_on(connection, run_id)
        return run_id

    def follow(self, connection: Connection, spec: RunSpec) -> str:
        """Start a run that follows another one; pressing again before it has ended starts no second one.

        Raises `WebflowError` when this token cannot see the collection, `CollectionBusy` as `start`.
        """
        with connection.open() as webflow:
            webflow.collection(spec.collection.id)
        parent = spec.parent_id or ""
        earlier = views.children_of(self.db, [parent], spec.kind).get(parent, [])
        known = repr((parent, spec.kind, sum(state not in LIVE for _, state in earlier), spec.plan.changes))
        return self.start(connection, spec, hashlib.sha256(known.encode("utf-8", "replace")).hexdigest())

    def resume(self, connection: Connection, run: Run) -> bool:
        """Go on with a run that nobody works on.

        Raises `WebflowError` when this token cannot see the collection, `FlowsheetError` without room for one more.
        """
        room.check(self.db, run.person, is_demo=connection.is_demo)
        with connection.open() as webflow:
            webflow.collection(run.collection_id)
        return self.carry_on(connection, run.id)

    def carry_on(self, connection: Connection, run_id: str) -> bool:
        """Work on a run that nobody works on; False when somebody does or it is done.

        Raises `CollectionBusy` when another run works on its collection by now.
        """
        mine = process.current()
        claim = claims.claim(self.db, run_id, mine.name, self.timing.lease_seconds)
        if claim is None:
            return False
        told.tell(self.db, Event.RUN_STARTED if claim.is_first else Event.RUN_TAKEN_UP, run_id)
        worker.start(self.db, claim, connection, self.timing, mine)
        return True

    def want(self, run_id: str, wanted: Wanted) -> None:
        """Ask who works on the run to pause it, to go on, or to stop it; what is under way ends first."""
        claims.want(self.db, run_id, wanted)
        told.tell(self.db, told.ASKED[wanted], run_id)

    def give_up(self, run_id: str) -> bool:
        """End a run that nobody works on, so that its collection is free."""
        if is_given_up := claims.give_up(self.db, run_id):
            told.tell(self.db, Event.RUN_ENDED, run_id)
        return is_given_up

    def get(self, run_id: str) -> Run | None:
        """The run as this process sees it, which knows whether its token is in memory; None when there is none."""
        run = views.run_of(self.db, run_id)
        return run and at_hand.seen(run)

    def of(self, connection: Connection | None) -> list[Run]:
        """The runs of who is signed in, or else of this token, the newest first; each in one line without batches."""
        return [at_hand.seen(run) for run in views.runs_of(self.db, self.person(connection))]

    def undos_of(self, runs: Iterable[Run]) -> dict[str, list[RunState]]:
        """Where the undos of these runs are, by the run's id, the oldest first."""
        found = views.children_of(self.db, [run.id for run in runs], RunKind.UNDO)
        return {run_id: [state for _, state in undos] for run_id, undos in found.items()}

    def access(self, run: Run, shown: Iterable[Connection]) -> Access:
        """What this visitor, who has shown these tokens, may do with the run."""
        known = {self.person(connection) for connection in shown}
        return access_to(run, known | {self.person(None)} if self.visitor else known)

    def report(self, run: Run) -> run_report.RunReport | None:
        """Everything about an ended run; None when it is not on record any more."""
        return run_report.open_report(self.db, run)

    def follow_ups(self, run: Run, *, is_live: bool = False) -> follow_ups.FollowUps:
        """What came out of a run later on; `is_live`: its updates were published at once."""
        return follow_ups.follow_ups(self.db, run, is_live=is_live)

    def batch(self, run: Run, number: int) -> tuple[tuple[Change, ...], dict[int, Outcome]]:
        """The changes of one batch, and the outcomes so far by row."""
        return views.batch_of(self.db, run.id, number)

    def preview_undo(
        self, connection: Connection, run_id: str, waits: Waits = UNTOLD, tell: Tell = lambda number: None
    ) -> UndoPreview:
        """What would undo a run, made from the items as they are now. Raises `WebflowError`.

        `tell` hears how many of those that anybody updated since then have been read so far.
        """
        spec, outcomes = self.ended(run_id)
        changes, since = undoing.to_undo(spec, outcomes), since_stored(spec, outcomes)
        with waits.open(connection) as webflow:
            found = read_updated(webflow, spec.collection.id, changes, since, tell)
        names = {change.row: change.item_name for change in spec.plan.changes}
        return UndoPreview(spec=undoing.undo(run_id, spec, outcomes, found), names=names)

    def retry(
        self, connection: Connection, run_id: str, corrections: Sequence[Correction], waits: Waits = UNTOLD
    ) -> tuple[RunSpec, list[str]]:
        """The order that tries again what failed or was not sent, and a sentence for each correction that is no value.

        Where there is such a sentence, the order lacks what was corrected. Raises `WebflowError`.
        """
        spec, outcomes = self.ended(run_id)
        fields = {field.slug: field for field in spec.collection.fields}
        corrected = [fields[slug] for slug in {one.field for one in corrections}]
        before = {change.row: left_by(change) for change in spec.plan.changes}
        languages, spoken = Languages(known=spec.site.locales), {c.row: c.cms_locale_id for c in spec.plan.changes}
        locales = {spoken[one.row] or languages.primary for one in corrections if languages.known}
        targets = load_targets(connection, corrected, {}, sorted(locales), waits)
        context = ReadContext(targets=targets, time_zone=spec.site.time_zone, languages=languages)
        values, problems = read_corrections(corrections, fields, context, before, spoken)
        return follow_up.retry(run_id, spec, outcomes, values), problems

    def overwrite(self, run_id: str, cells: Mapping[int, Container[str]]) -> RunSpec:
        """The order that sends what was held back after all: of these rows these fields (by slug)."""
        return follow_up.overwrite(run_id, *self.ended(run_id), cells, datetime.now(UTC))

    def remembered(self, connection: Connection, collection: Collection) -> Memory:
        """What Webflow made of the values that runs on this collection have sent."""
        return stored_forms.remembered(self.db, self._lock_key(connection, collection))

    def mappings(self, connection: Connection, collection: Collection) -> Mappings:
        """How the files of who is signed in, or else of this token, were matched to this collection."""
        return Mappings(self.db, Owner(self.person(connection), self._lock_key(connection, collection)))

    def drafts(self, browser: str) -> Drafts | None:
        """What who is signed in has begun and not sent, or else who has the browser with this secret."""
        return drafts_of(self.db, self.visitor, browser)

    def delete(self, run: Run) -> None:
        """Delete a run that has ended."""
        retention.forget(self.db, run.person, run.id)

    def delete_all(self, connection: Connection | None) -> None:
        """Delete all the runs of `of` that have ended."""
        retention.forget(self.db, self.person(connection))

    @property
    def days_kept(self) -> int:
        """How long ended runs are kept."""
        return settings().journal_days

    def size_bytes(self) -> int:
        """The room that the records of all runs take on disk."""
        return retention.size_bytes(self.db)

    def person(self, connection: Connection | None) -> str:
        """Whose runs a visitor's are: a keyed fingerprint of who is signed in, or else of who allowed it at Webflow, or
        else of the token; "" without. None can be taken for another: no token that opens anything has a space."""
        if self.visitor:
            return retention.fingerprint(self.db, f"signed in: {self.visitor.key}")
        if connection and connection.account:
            return retention.fingerprint(self.db, f"webflow: {connection.account}")
        return retention.fingerprint(self.db, connection.token) if connection else ""

    def _lock_key(self, connection: Connection, collection: Collection) -> str:
        """Each visitor of the demo has a copy of their own, so nobody is in anybody's way there."""
        return f"{self.person(connection)}/{collection.id}" if connection.is_demo else collection.id

    def ended(self, run_id: str) -> tuple[RunSpec, tuple[Outcome, ...]]:
        """What a run was told to do, and what became of it; raises `FlowsheetError` when it is not on record."""
        spec = specs.spec_of(self.db, run_id)
        if spec is None:
            raise FlowsheetError(say("This run is not on record any more."))
        return spec, views.outcomes_of(self.db, run_id)


def open_runs(url: str | None, visitor: Person | None) -> Runs:
    """The runs on record at `url` (None: the default), opened once in this process, and rid of old ones once a day.

    Raises `JournalUnavailable`.
    """
    db, today = database(url), datetime.now(UTC).date()
    if _purged_on.get(db) != today:
        retention.purge(db, settings().journal_days)
        drafts.purge(db)
        _purged_on[db] = today
    return Runs(db=db, visitor=visitor)
