"""Make the place file from the official files."""
