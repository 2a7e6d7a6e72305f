"""What a load balancer asks: alive, and ready to serve."""

from typing import Any

from flask import Blueprint, Response, jsonify

from portal.jobs.readiness import how_ready
from portal.jobs.send_mail import MailState
from portal.web.frame.access import access
from portal.web.frame.runtime import Runtime, runtime

health = Blueprint("health", __name__)


@access("health")
def alive() -> Response:
    return jsonify(status="alive")


@access("health")
def ready() -> tuple[Response, int]:
    held = runtime()
    found = how_ready(held.engine)
    told = {
        "database": found.is_current,
        "teams_ready": found.ready_teams,
        "teams": len(held.areas.teams),
        "places": places_told(held),
    }
    mail = {"mail": mail_told(held, found.mail)} if found.mail else {}
    return jsonify(told | mail), 200 if found.ready_teams else 503


def mail_told(held: Runtime, stands: MailState) -> dict[str, Any]:
    """Return how mail leaves, what waits and for how many minutes it is overdue, and what was given up."""
    now = held.now()
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
