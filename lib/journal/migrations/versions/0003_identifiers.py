"""Why a run stopped or waits is an identifier, no sentence; what only one run may work on is called its lock key."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# What earlier versions wrote down. Every other sentence told why Webflow stopped a run, and stays the detail of that.
OLD_SENTENCES = {
    "It was stopped by hand. What was not sent can still be sent: resume the run.": "by person",
    "It was given up. What was not sent can still be sent: resume the run.": "given up",
    "Nobody resumed this run for 15 minutes, so another one could begin. You can still resume it.": "abandoned",
    "Nobody resumed this run for a day, so it gave its collection free. You can still resume it.": "abandoned",
    "Flowsheet made a mistake and stopped this run to be safe. The person who runs this app finds the details in its "
    "log.": "fault",
}


def upgrade() -> None:
    for table in ("run", "stored_form"):
        op.execute(f"ALTER TABLE {table} RENAME COLUMN scope TO lock_key")
    op.execute("ALTER TABLE run RENAME COLUMN stop_reason TO stop_detail")
    op.add_column("run", sa.Column("stop_cause", sa.Text(), server_default=sa.text("''"), nullable=False))
    run = sa.table("run", sa.column("stop_cause"), sa.column("stop_detail"), sa.column("waiting"))
    op.execute(run.update().where(run.c.stop_detail != "").values(stop_cause="refused"))
    for sentence, cause in OLD_SENTENCES.items():
        op.execute(run.update().where(run.c.stop_detail == sentence).values(stop_cause=cause, stop_detail=""))
    op.execute(run.update().values(waiting=""))  # a wait is over within minutes
    op.execute(
        "UPDATE run SET finished_at = coalesce(lease_until, created_at) WHERE state = 'stopped' AND finished_at IS NULL"
    )
