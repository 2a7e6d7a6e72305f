"""Alembic's entry: runs within the transaction that portal.database.schema has opened."""

from alembic import context

from portal.database.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
