"""The Dynamic Support Register self-referral portal."""

from typing import Any


def __getattr__(name: str) -> Any:
    """Give `create_app` where servers and Flask's tools look for it; the command line starts without what it loads."""
    if name != "create_app":
        raise AttributeError(name)
    from portal.app import create_app  # noqa: PLC0415  # see above

    return create_app
