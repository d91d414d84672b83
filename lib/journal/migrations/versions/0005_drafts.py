"""Imports that were begun and not sent."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("work", sa.LargeBinary(), nullable=False),
        sa.Column("file", sa.LargeBinary(), nullable=False),
        sa.Column("file_bytes", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.Float(), nullable=False),
    )
    op.create_index("ix_draft_person", "draft", ["person"])
