"""Who somebody is: passphrases and their key slots, one-time codes, references and codes to write down.

Framework-free and without a clock; it knows nothing of envelopes.
"""
