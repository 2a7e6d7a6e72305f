"""What a load balancer asks: alive, and ready to serve."""

from typing import Any

from flask import Blueprint, Response, jsonify

from portal.store.engine import reading
from portal.store.schema import is_current
from portal.store.teams import ready_teams
from portal.web.access import access
from portal.web.runtime import Runtime, runtime

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
    return jsonify(told), code


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
