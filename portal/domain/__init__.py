"""What the service believes. Standard library only, and no clock: time is always passed in."""
