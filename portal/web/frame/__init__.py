"""What every page shares: its frame, urgent help, headers, languages, errors, files."""
