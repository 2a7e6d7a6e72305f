"""Teams, their members and roles, and who is at work."""
