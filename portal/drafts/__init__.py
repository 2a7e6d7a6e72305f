"""Unfinished answers: kept, found again with a code, erased."""
