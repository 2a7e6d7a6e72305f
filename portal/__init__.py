"""The Dynamic Support Register self-referral portal."""
