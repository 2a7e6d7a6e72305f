"""The team's pages: people, keys, kits, log, numbers, mail, its area."""
