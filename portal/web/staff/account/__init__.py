"""Signing in, joining, and one's own account."""
