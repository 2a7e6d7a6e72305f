"""Slowing down wrong tries, and locking nobody out."""
