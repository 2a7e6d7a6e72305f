"""One file for one thing a person does: one transaction, one audit line."""
