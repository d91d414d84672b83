"""`Journey`: what a visitor has done so far. Every choice gives the next journey, without what it makes untrue."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lib.errors import UnreadableFile
from lib.model.collection import Collection
from lib.model.edits import Edits
from lib.model.item import Item
from lib.model.mapping import ColumnMapping, Match, Role
from lib.model.plan import LeaveOut, Plan, SendChoices
from lib.model.remembered import Remembered
from lib.model.sheet import Sheet
from lib.model.site import Locale, Site
from lib.model.stored_form import Memory
from lib.stages import damage, match, suggest
from lib.stages.check import check
from lib.stages.damage import Decision
from lib.stages.first_match import first_match
from lib.stages.fit import Offers
from lib.stages.key import find_items, with_key
from lib.stages.plan import plan_changes
from lib.stages.reuse import reused
from lib.stages.telling import TellEach, untold
from lib.stages.wrong_cells import kept_cells, without
from lib.workflow.checking import Checked
from lib.workflow.destination import Chosen, Connected, Live, Opened, S, Stage, Uploaded
from lib.workflow.matching import Matched
from lib.workflow.planning import Decided, Planned
from lib.workflow.upload import File, Upload


@dataclass(frozen=True, kw_only=True)
class Journey:
    """The last stage of the road that was reached, and what is taken along when another site or collection is chosen:
    the file, and how to send. `read_back`: compare what Webflow stored with what was sent, after the run."""

    stage: Stage | None = None
    file: File | None = None
    choices: SendChoices = field(default_factory=SendChoices)
    read_back: bool = True

    def reached(self, kind: type[S]) -> S | None:
        """The stage of this kind; None until it was reached."""
        return self.stage.reached(kind) if self.stage else None

    def at(self, kind: type[S]) -> S:
        """The stage of this kind; raises `LookupError` when it was not reached."""
        stage = self.reached(kind)
        if stage is None:
            raise LookupError(f"{kind.__name__} was not reached")
        return stage

    @property
    def plan(self) -> Plan | None:
        """The plan, once there is one."""
        planned = self.reached(Planned)
        return planned.plan if planned else None

    @property
    def _brought(self) -> File:
        assert self.file is not None, "no file was brought"
        return self.file

    def connect(self, sites: tuple[Site, ...]) -> "Journey":
        """Another connection, which shows these sites."""
        return replace(self, stage=Connected(sites=sites))

    def open_site(self, site: Site, collections: tuple[Collection, ...]) -> "Journey":
        """Another site, on which these collections can be chosen."""
        return replace(self, stage=Opened(before=self.at(Connected), site=site, collections=collections))

    def choose_locale(self, locale: Locale) -> "Journey":
        """Another language, in which a collection is to be chosen anew."""
        return replace(self, stage=replace(self.at(Opened), locale=locale))

    def choose(self, collection: Collection, item_count: int) -> "Journey":
        """Another collection, for the file that is there."""
        return self._with_file(Chosen(before=self.at(Opened), collection=collection, item_count=item_count))

    def bring(self, file: File | None) -> "Journey":
        """Another file, not read yet; None: none any more. The items that were read stay."""
        return replace(self, file=file, stage=self.reached(Chosen) or self.stage)

    def read(self, sheet: Sheet) -> "Journey":
        """The file could be read."""
        return replace(self, file=replace(self._brought, sheet=sheet))._with_file(self.at(Chosen))

    def leave_unread(self, why: UnreadableFile) -> "Journey":
        """The file was not read; it is tried again when that is asked for by `read_as`."""
        return replace(self, file=replace(self._brought, unread=why))

    def read_as(self, upload: Upload) -> "Journey":
        """The same file, to be read in this way, another one as a rule."""
        file = self._brought if upload == self._brought.upload else File(id=self._brought.id, upload=upload)
        return self.bring(replace(file, sheet=None, unread=None))

    def _with_file(self, chosen: Chosen) -> "Journey":
        file = self.file
        if file is None or file.sheet is None:
            return replace(self, stage=chosen)
        return replace(self, stage=Uploaded(before=chosen, upload=file.upload, sheet=file.sheet, edits=file.edits))

    def match(self, live: Live, known: Iterable[Remembered] = ()) -> "Journey":
        """Match to these items: as before they were read anew, else as an earlier file with the same columns, which is
        looked for in what is `known`, else by names and values. Rows in other languages have others read first."""
        uploaded = self.at(Uploaded)
        sheet, collection, languages = uploaded.used, uploaded.before.collection, uploaded.before.before.languages
        about = collection, live.items, languages
        earlier = uploaded.reused if uploaded.mapping else reused(known, sheet, *about)
        mapping = uploaded.mapping or (earlier.mapping if earlier else first_match(sheet, *about))
        on = replace(uploaded, before=replace(uploaded.before, live=live), mapping=None, reused=None)
        found, offers = find_items(sheet, mapping, live.items, languages), Offers(sheet, collection)
        matched = Matched(before=on, mapping=mapping, offers=offers, found=found, reused=earlier)
        return replace(self, stage=replace(matched, creates=self._brought.creates))._with_all_items()

    def match_anew(self) -> "Journey":
        """Match by names and values, whatever an earlier file was matched by."""
        one = self.at(Matched)
        anew = first_match(one.sheet, one.collection, one.live.items, one.languages)
        return replace(self, stage=replace(one, reused=None)).rematch(anew)

    def edit(self, edits: Edits) -> "Journey":
        """Change the sheet. The items are looked for again where that may find others."""
        matched = self.at(Matched)
        one = replace(matched, before=replace(matched.before, edits=edits))
        finding = [match.column for match in matched.mapping.finding if match]
        is_same = one.sheet.frame[finding].equals(matched.sheet.frame[finding])
        file, stage = replace(self._brought, edits=edits), one if is_same else one.found_anew
        return replace(self, file=file, stage=stage)._with_all_items()

    def rematch(self, mapping: ColumnMapping) -> "Journey":
        """Match as this says. Where it says the same about finding the items, they are not looked for again."""
        matched = self.at(Matched)
        one, told = replace(matched, mapping=mapping), (matched.mapping.accepted_keys, matched.mapping.finding)
        stage = one if told == (mapping.accepted_keys, mapping.finding) else one.found_anew
        return replace(self, stage=stage)._with_all_items()

    def _with_all_items(self) -> "Journey":
        """Itself, where all items were read that its rows may be about; else they are to be read once more."""
        return self if self.live else self.forget_items()

    def feed(self, column: str, target: str) -> "Journey":
        """Feed this field or role from the column; "": leave the column out."""
        role = Role(target) if target in set(Role) else None
        return self._keyed(match.rematch(self.at(Matched).mapping, column, None if role else target or None, role))

    def use_suggestions(self, columns: Sequence[str]) -> "Journey":
        """Feed from these columns what they were suggested for."""
        return self._keyed(match.use_suggestions(self.at(Matched).mapping, columns))

    def _keyed(self, mapping: ColumnMapping) -> "Journey":
        """The key column finds items no longer where it feeds something else: then another one does."""
        one = self.at(Matched)
        return self.rematch(with_key(one.sheet, mapping, one.collection, one.live.items, one.languages))

    def rechoose(self, chosen: Match) -> "Journey":
        """Read one column as this says."""
        return self.rematch(match.rechoose(self.at(Matched).mapping, chosen))

    def belongs_here(self) -> "Journey":
        """The rows are of this collection, whatever their Collection ID says."""
        mapping = self.at(Matched).mapping
        told = mapping.of_role(Role.COLLECTION_ID)
        return self.rematch(match.rematch(mapping, told.column, None)) if told else self

    def find_by(self, column: str) -> "Journey":
        """Find the items by this column."""
        return self.rematch(replace(self.at(Matched).mapping, key_column=column, accepted_keys=()))

    def mean(self, texts: Mapping[str, bool]) -> "Journey":
        """Whether each of these texts means the item that was suggested for it, or only what it says."""
        one = self.at(Matched)
        meant = (suggestion for suggestion in one.found.suggestions if texts.get(suggestion.text))
        refused = [text for text, is_meant in texts.items() if not is_meant]
        return self.rematch(suggest.refuse(suggest.accept(one.mapping, meant), refused))

    def accept(self, decision: Decision) -> "Journey":
        """Turn round what is decided about damaged cells."""
        return self.rematch(damage.accept(self.at(Matched).mapping, decision))

    def refer(self, targets: dict[str, tuple[Item, ...]]) -> "Journey":
        """The items that references point to were read: they stay as long as those of the collection."""
        matched = self.at(Matched)
        chosen = replace(self.at(Chosen), live=replace(matched.live, targets=targets))
        return replace(self, stage=replace(matched, before=replace(matched.before, before=chosen)))

    def create_new(self, creates: bool) -> "Journey":
        """Whether rows without an item create one."""
        stage = replace(self.at(Matched), creates=creates)
        return replace(self, file=replace(self._brought, creates=creates), stage=stage)

    def check(self, memory: Memory, tell: TellEach = untold) -> "Journey":
        """Hold every value against the collection and its items; `memory` and `tell`: see `lib.stages.check`."""
        one = self.at(Matched)
        told = one.sheet, one.mapping, one.collection, one.live.items, one.context, one.languages
        found = check(*told, memory, one.found, tell, one.columns_read, one.new)
        values = without(found, kept_cells(one.before.edits.kept, one.mapping), one.mapping)
        return replace(self, stage=Checked(before=one, values=values))

    def decide(self, leave_out: LeaveOut) -> "Journey":
        """What happens to rows with errors. Items that were left out by hand, or tried, still are."""
        checked, file = self.at(Checked), self._brought
        decided = Decided(before=checked, leave_out=leave_out, left_out=file.left_out, tried=file.tried)
        return replace(self, stage=decided)

    def choose_items(self, planned: Planned) -> "Journey":
        """Another choice of items, which stays whatever is checked or compared anew."""
        file = replace(self._brought, left_out=planned.before.left_out, tried=planned.before.tried)
        return replace(self, file=file, stage=planned)

    def make_plan(self, tell: TellEach = untold) -> "Journey":
        """Compare every row with its item; `tell`: see `lib.stages.plan`."""
        decided = self.at(Decided)
        plan = plan_changes(
            decided.values,
            decided.before.before.collection,
            self.choices,
            left_out=decided.before.before.before.left_out,
            leave_out_errors=decided.leave_out is not LeaveOut.NOTHING,
            secondary_locales=self.at(Opened).secondary_locales,
            tell=tell,
        )
        return replace(self, stage=Planned.of(decided, self.choices, plan))

    def send_as(self, choices: SendChoices) -> "Journey":
        """Send in another way: the plan has to be made anew."""
        return replace(self, choices=choices, stage=self.reached(Decided) or self.stage)

    def forget_items(self) -> "Journey":
        """What was read of the collection is no longer true; how the columns are matched stays."""
        chosen, uploaded, matched = self.reached(Chosen), self.reached(Uploaded), self.reached(Matched)
        if chosen is None:
            return self
        chosen = replace(chosen, live=None)
        if uploaded is None:
            return replace(self, stage=chosen)
        mapping, earlier = (matched.mapping, matched.reused) if matched else (uploaded.mapping, uploaded.reused)
        return replace(self, stage=replace(uploaded, before=chosen, mapping=mapping, reused=earlier))

    @property
    def locales(self) -> Sequence[str]:
        """The languages to read items in, none to name where there is only one."""
        return (self.reached(Matched) or self.reached(Uploaded) or self.at(Opened)).locales

    @property
    def live(self) -> Live | None:
        """The items that were read, where those are all that the rows are about."""
        live = self.at(Chosen).live
        return live if live and set(self.locales) <= set(live.locales) else None
