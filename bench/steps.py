"""Processor time of one question, in this process and without a server, beside a bare Flask application's."""

from urllib.parse import urlencode

from flask import Flask

from bench.bare import app as bare
from bench.caller import Caller
from bench.journey import ANSWERS, walk
from bench.table import Measure

TIMES = 400
STEPS = {"a choice": "/en/apply/who", "a date": "/en/apply/date-of-birth"}
GET_GOAL, POST_GOAL = 1.5, None


def measure(app: Flask) -> list[Measure]:
    """Return the figures for each step, and for the bare application."""
    visitor = Caller(app.wsgi_app)
    walk(visitor)
    measures = [_bare()]
    for name, path in STEPS.items():
        measures.append(Measure(f"Question page, {name}: GET", get_cost(visitor, path), "ms CPU", GET_GOAL))
        measures.append(Measure(f"Question page, {name}: POST", post_cost(visitor, path), "ms CPU", POST_GOAL))
    return measures


def _bare() -> Measure:
    visitor = Caller(bare.wsgi_app)
    cost = visitor.cpu_milliseconds(visitor.environ("GET", "/"), b"", 200, TIMES)
    return Measure("Bare Flask: GET", cost, "ms CPU", note="the same run, for comparison")


def get_cost(visitor: Caller, path: str) -> float:
    """Return the median processor time of showing a question already answered."""
    return visitor.cpu_milliseconds(visitor.environ("GET", path), b"", 200, TIMES)


def post_cost(visitor: Caller, path: str) -> float:
    """Return the median processor time of answering it, draft encrypted and stored."""
    key = path.rsplit("/", 1)[-1].replace("-", "_")
    form = {**ANSWERS[key], "csrf_token": visitor.get(path).token}
    body = urlencode(form, doseq=True).encode()
    return visitor.cpu_milliseconds(visitor.environ("POST", path, len(body)), body, 302, TIMES // 2)
