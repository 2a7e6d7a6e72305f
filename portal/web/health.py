"""What a load balancer asks: alive, and ready to serve."""

from flask import Blueprint, Response, jsonify

from portal.store.engine import reading
from portal.store.schema import is_current
from portal.store.teams import ready_teams
from portal.web.access import access
from portal.web.runtime import runtime

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
    return jsonify(database=is_ready, teams_ready=teams, teams=len(held.areas.teams)), code


health.add_url_rule("/healthz", "alive", alive)
health.add_url_rule("/readyz", "ready", ready)
