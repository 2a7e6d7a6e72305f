"""Alembic's entry: runs within the transaction that portal.store.schema has opened."""

from alembic import context

from portal.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
