"""The questions, as data, and the walk along them."""
