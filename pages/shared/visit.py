"""`Visit`: the one typed door to a visitor's state. Nothing else touches `st.session_state` for our own values."""

import time
from dataclasses import dataclass, field, replace

import streamlit as st

from lib.errors import CollectionBusy, NotConnected
from lib.model.draft import Draft, Work
from lib.model.run_spec import RunSpec
from lib.model.sheet import Sheet
from lib.model.site import Site
from lib.reports.deeds import Deed
from lib.reports.run_report import RunReport
from lib.runs.service.publish_preview import PublishPreview
from lib.runs.service.seen_by_visitors import SeenByVisitors
from lib.runs.service.undo_preview import UndoPreview
from lib.webflow.connection import Connection
from lib.words.language import Language
from lib.words.say import say
from lib.workflow import drafting, live_items
from lib.workflow.destination import Chosen, Connected, Opened
from lib.workflow.journey import Journey
from lib.workflow.open_files import OPEN_FILES
from pages.shared import signed_in


@dataclass(frozen=True)
class Notice:
    """Another run was in the way: `place` is where that is told, a run's id or "submit".

    `spec` is the run that was to follow the one at that place; None when that one was to begin or to go on.
    """

    error: CollectionBusy
    place: str
    spec: RunSpec | None = None


@dataclass(frozen=True, kw_only=True)
class Returned:
    """A file of rows that were corrected elsewhere, as it was brought: `id` tells such files apart. `sheet` is None
    where it could not be read, and `unread` says why."""

    id: str
    name: str
    sheet: Sheet | None = None
    unread: str = ""


@dataclass
class Visit:
    """The way in to Webflow, what was done so far (`lib.workflow.journey`), and what belongs to this session only.

    `given` holds the tokens that were given for one run each; `refused` says, by run, why the token at hand was not
    the right one. `run_id` is the run that the plan at hand was sent with, and `trial` the one that sent its first
    item alone. `go_to` is a run that was started just now, to be shown next. `loading` are the live items on their way
    to the step that needs them. `go_back` is the page, with its query, to which a step leads that was cancelled.
    `turned_back_at` is the step that was opened before this visit had anything for it. `draft` is the id of the file at
    hand and that of the draft it is kept as, and `kept` the journey that was kept last. `wanted_draft` is the draft to
    be opened again, and `resuming` the one that is on its way back to the page where it was left. `returned` are
    corrected rows. `undo` and `publish` are what these would do to a run, as the items were, and `seen` is what
    visitors saw of one. `deeds` is what runs do to their items, looked up once. `browser` is whose it is: who is signed
    in, or else the secret of the browser that it comes from.
    `language` is what was chosen in this tab. `has_rested`: it was put down
    while nobody was there, which is still to be told.
    `used_at`: when the visitor did something last, by the clock of the process.
    """

    connection: Connection | None = None
    journey: Journey = field(default_factory=Journey)
    run_key: str | None = None
    run_id: str | None = None
    trial: str | None = None
    go_to: str | None = None
    sent_at: float = 0.0
    notice: Notice | None = None
    given: dict[str, Connection] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    report: RunReport | None = None
    deeds: dict[str, list[Deed]] = field(default_factory=dict)
    undo: UndoPreview | None = None
    publish: PublishPreview | None = None
    seen: SeenByVisitors | None = None
    loading: live_items.Loading | None = None
    turned_back_at: str | None = None
    go_back: tuple[str, dict[str, str]] | None = None
    draft: tuple[str, str] | None = None
    kept: Journey | None = None
    wanted_draft: str | None = None
    resuming: tuple[Draft, Work] | None = None
    returned: Returned | None = None
    browser: str = field(default="", repr=False)
    language: Language | None = None
    has_rested: bool = False
    used_at: float = field(default=0.0, compare=False)

    @property
    def held_bytes(self) -> int:
        """The size of the file at hand."""
        return len(self.journey.file.upload.content) if self.journey.file else 0

    @property
    def way_in(self) -> Connection:
        """The connection; raises `NotConnected` without one."""
        if self.connection is None:
            raise NotConnected(say("Connect to your site first."))
        return self.connection

    def connect(self, connection: Connection, sites: tuple[Site, ...]) -> None:
        """Use this connection, which shows these sites."""
        self._use(connection, self.journey.connect(sites))

    def disconnect(self) -> None:
        """Back to where a way in is chosen."""
        self._use(None, replace(self.journey, stage=None))

    def _use(self, connection: Connection | None, journey: Journey) -> None:
        self.connection, self.turned_back_at = connection, None
        self.undo = self.publish = self.seen = None
        self.refused.clear()
        self.keep(journey)

    def keep(self, journey: Journey) -> None:
        """Go on from here. Without the plan that was sent, its run is no longer at hand, and once a run has changed
        the live items, what was read before it is forgotten too."""
        if journey.plan is None or journey.plan is not self.journey.plan:
            journey = journey if self.run_id is None else journey.forget_items()
            if self.run_id is not None:
                self.stop_loading()
            self.run_id = self.run_key = self.notice = None
        if journey.file is None or self.journey.file is None or journey.file.id != self.journey.file.id:
            self.trial = None
        if self.resuming and not drafting.is_on_its_way(journey, *self.resuming):
            self.resuming = self.draft = None
        self.journey = journey
        if self.loading and not self.loading.is_about(self.connection, journey.reached(Chosen)):
            self.stop_loading()

    def load(self) -> live_items.Loading:
        """The live items that this import needs, on their way."""
        wanted = live_items.wanted(self.way_in, self.journey)
        if self.loading is None or not self.loading.serves(wanted):
            self.stop_loading()
            self.loading = live_items.load(wanted)
        return self.loading

    def load_early(self) -> None:
        """Begin to load them where they are not here, so that nobody waits later on; unless too many do so."""
        if self.journey.live is None and not live_items.is_busy():
            self.load()

    def stop_loading(self) -> None:
        """Whatever is on its way is not wanted any more."""
        if self.loading:
            self.loading.work.stop()
        self.loading = None

    def at_rest(self) -> "Visit | None":
        """What stays of a visit that nobody is there for: the way in, the run at hand, the draft that leads back.

        None where something would be lost, or nothing is held.
        """
        is_kept = self.kept is self.journey and self.draft is not None
        is_lost = self.journey.file and self.run_id is None and not is_kept
        if self.journey.reached(Opened) is None or is_lost or self.returned or self.notice or self.trial:
            return None
        self.stop_loading()
        draft = self.draft[1] if self.draft and is_kept and self.run_id is None else None
        return Visit(
            connection=self.connection,
            journey=Journey(stage=self.journey.reached(Connected)),
            run_id=self.run_id,
            given=self.given,
            refused=self.refused,
            has_rested=draft is not None,
            wanted_draft=draft or self.wanted_draft,
            browser=self.browser,
            language=self.language,
        )

    def give(self, run_id: str, connection: Connection) -> None:
        """Use this token for this run from now on."""
        self.given[run_id] = connection
        self.refused.pop(run_id, None)

    def refuse(self, run_id: str, why: str) -> None:
        """The token at hand does not open this run's collection: another one has to be given."""
        self.given.pop(run_id, None)
        self.refused[run_id] = why


def current() -> Visit:
    """This visitor's state."""
    if "visit" not in st.session_state:
        st.session_state["visit"] = Visit(browser=signed_in.owner())
        OPEN_FILES.join(st.session_state["visit"])
    found: Visit = st.session_state["visit"]
    found.used_at = time.monotonic()
    return found


def language() -> Language | None:
    """What was chosen in this tab; None where nothing was, or nobody has come yet."""
    return current().language if "visit" in st.session_state else None


def forget() -> None:
    """Whoever is at this tab is somebody else from now on: nothing of a visit stays, least of all a token."""
    if "visit" not in st.session_state:
        return
    found = current()
    found.stop_loading()
    found.connection = None
    found.given.clear()
    st.session_state.clear()
