"""The log: append-only, each line hashed over the one before."""
