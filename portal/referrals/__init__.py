"""Sealed referrals: sent, queued, opened, taken, offered, collected, erased."""
