"""One referral, opened."""
