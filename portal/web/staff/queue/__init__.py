"""The queue: lists, search, offers, collecting."""
