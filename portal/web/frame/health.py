"""What a load balancer asks: alive, and ready to serve."""

from typing import Any

from flask import Blueprint, Response, jsonify

from portal.database.engine import reading
from portal.database.schema import is_current
from portal.jobs.send_mail import how_mail_stands
from portal.teams.queries import ready_teams
from portal.web.frame.access import access
from portal.web.frame.runtime import Runtime, runtime

health = Blueprint("health", __name__)


@access("health")
def alive() -> Response:
    return jsonify(status="alive")


@access("health")
def ready() -> tuple[Response, int]:
    held = runtime()
    is_ready = is_current(held.engine)
    with reading(held.engine) as session:
        teams = len(ready_teams(session)) if is_ready else 0
    code = 200 if is_ready and teams else 503
    told = {"database": is_ready, "teams_ready": teams, "teams": len(held.areas.teams), "places": places_told(held)}
    return jsonify(told | ({"mail": mail_told(held)} if is_ready else {})), code


def mail_told(held: Runtime) -> dict[str, Any]:
    """Return how mail leaves, what waits and for how many minutes it is overdue, and what was given up."""
    stands, now = how_mail_stands(held.engine), held.now()
    late = 0 if stands.due_since is None else max(0, int((now - stands.due_since).total_seconds() // 60))
    return {"way": held.settings.mail.way, "waiting": stands.waiting, "late": late, "given_up": stands.given_up}


def places_told(held: Runtime) -> dict[str, Any]:
    """Return whether there is a place file, from when its sources are, and why one on disk is not used.

    Nobody is turned away without one: the first part of a postcode then serves, and the person is asked.
    """
    file = held.places.file()
    return {
        "there": file is not None,
        "made": file.made.isoformat() if file else None,
        "sources": {source.title: source.version for source in file.sources} if file else {},
        "fault": held.places.fault,
    }


health.add_url_rule("/healthz", "alive", alive)
health.add_url_rule("/readyz", "ready", ready)
