"""Items that a batch created, counted apart from those that it updated."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("batch", sa.Column("created", sa.Integer(), nullable=False, server_default=sa.text("0")))
