"""What Webflow made of the values that were sent: written with the outcomes of a batch, read for a preview."""

from collections.abc import Iterable

import sqlalchemy as sa

from lib.journal.database import Database
from lib.journal.tables import now, run, stored_form
from lib.model.stored_form import StoredForm

_KEY = ("lock_key", "item_id", "locale", "field_slug")


def write(connection: sa.Connection, run_id: str, forms: Iterable[StoredForm]) -> None:
    """Remember these forms instead of earlier ones of the same fields, within a transaction of the run."""
    forms = tuple(forms)
    if not forms:
        return
    lock_key = connection.scalar(sa.select(run.c.lock_key).where(run.c.id == run_id))
    same = sa.and_(*(stored_form.c[name] == sa.bindparam(f"old_{name}") for name in _KEY))
    if lines := [_line(form, lock_key) for form in forms if not form.is_again]:
        connection.execute(stored_form.delete().where(same), [_old(line) for line in lines])
        connection.execute(stored_form.insert().values(seen_at=now()), lines)
    if again := [_line(form, lock_key) for form in forms if form.is_again]:
        known = same & (stored_form.c.stored == sa.bindparam("old_stored"))
        later = stored_form.update().where(known).values(stored=sa.bindparam("new_stored"))
        connection.execute(
            later, [_old(line) | {"old_stored": line["sent"], "new_stored": line["stored"]} for line in again]
        )


def _line(form: StoredForm, lock_key: str | None) -> dict[str, str | None]:
    item_id, locale = form.place
    return {
        "lock_key": lock_key,
        "item_id": item_id,
        "locale": locale,
        "field_slug": form.field_slug,
        "sent": form.sent,
        "stored": form.stored,
    }


def _old(line: dict[str, str | None]) -> dict[str, str | None]:
    return {f"old_{name}": line[name] for name in _KEY}


def remembered(db: Database, lock_key: str) -> dict[tuple[str, str], dict[str, StoredForm]]:
    """Everything that is remembered under a `lock_key` of runs (see `specs.create`): a `Memory`."""
    asked = sa.select(stored_form).where(stored_form.c.lock_key == lock_key)
    memory: dict[tuple[str, str], dict[str, StoredForm]] = {}
    with db.read() as connection:
        for line in connection.execute(asked):
            place = (line.item_id, line.locale)
            memory.setdefault(place, {})[line.field_slug] = StoredForm(
                place=place, field_slug=line.field_slug, sent=line.sent, stored=line.stored
            )
    return memory
