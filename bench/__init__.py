"""How fast and how small the portal is: `make bench`."""
