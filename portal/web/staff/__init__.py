"""The staff's side: sign in, see what waits, open it, collect it. In standard English only."""

from portal.web.staff.views import staff

__all__ = ["staff"]
