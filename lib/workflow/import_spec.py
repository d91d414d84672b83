"""A plan and all that led to it, as the order for a run."""

import hashlib
from datetime import datetime

from lib.model.checked import Checked
from lib.model.collection import Collection
from lib.model.mapping import ColumnMapping
from lib.model.plan import Plan, SendChoices
from lib.model.problem import Severity, problem_table
from lib.model.run import RunKind
from lib.model.run_spec import RunSpec
from lib.model.sheet import Sheet
from lib.model.site import Site


def import_spec(
    *,
    site: Site,
    collection: Collection,
    plan: Plan,
    choices: SendChoices,
    read_back: bool,
    read_on: datetime | None,
    since: datetime | None = None,
    sheet: Sheet,
    content: bytes,
    mapping: ColumnMapping,
    checked: Checked,
) -> RunSpec:
    """The order for sending a plan, with everything that its results page will need."""
    errors = [problem for problem in checked.problems if problem.severity is Severity.ERROR]
    return RunSpec(
        kind=RunKind.IMPORT,
        site=site,
        collection=collection,
        choices=choices,
        plan=plan,
        read_back=read_back,
        read_on=read_on,
        since=since,
        sheet=sheet,
        sha256=hashlib.sha256(content).hexdigest(),
        mapping=mapping,
        problems=problem_table(errors),
    )
