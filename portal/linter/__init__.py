"""Checks of words and areas for `portal words check` and `portal areas check`; the server never imports them."""
