"""Who can read a referral: keys, envelopes, team epochs, recovery kits and rows under a cookie's secret.

Framework-free and without a clock. The envelope is an open format: docs/envelope.md.
"""
