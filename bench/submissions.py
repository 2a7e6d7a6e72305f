"""Sealed referrals a second, each on disk before the answer: through HTTP, as an action, and beside a bare insert."""

import base64
import sqlite3
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from flask import Flask

from bench.caller import Caller
from bench.journey import LAST, walk
from bench.load import Request, send_all
from bench.table import Measure
from portal.database.engine import writing
from portal.domain.counting import Counted
from portal.domain.follow_up import Holder, Holders
from portal.domain.submission import Submission
from portal.drafts.queries import get_draft, put_draft
from portal.referrals.submit import submit_referral
from portal.sealing.drafts import lock, new_secret, row_id, unlock
from portal.web.form.state import DRAFT_COOKIE
from portal.web.frame.runtime import Runtime

HOW_MANY = 400
AT_ONCE = 50
ROW = b"x" * 8192
HTTP_GOAL = 300
DAY = timedelta(days=1)


def measure(app: Flask, port: int, folder: Path) -> list[Measure]:
    """Return the three rates and their ratio; the server on this port shares the application's database."""
    visitor = Caller(app.wsgi_app)
    token = walk(visitor).token
    held: Runtime = app.extensions["portal"]
    through_http = http_rate(held, visitor, token, port)
    alone = action_rate(held, visitor)
    bare = bare_rate(folder)
    people = f"{HOW_MANY} filled-in forms, {AT_ONCE} people at once"
    return [
        Measure(
            "Sealed referrals through HTTP", through_http, "a second", HTTP_GOAL, lower_is_better=False, note=people
        ),
        Measure("Sealed referrals, the action alone", alone, "a second", note="one thread"),
        Measure("Bare durable insert of 8 kB", bare, "a second", note="one thread, SQLite, synchronous=FULL"),
        Measure(
            "Through HTTP, as a share of the bare insert", through_http / bare, "of 1", note="2 workers to 1 thread"
        ),
        Measure("The action, as a share of the bare insert", alone / bare, "of 1"),
    ]


def http_rate(held: Runtime, visitor: Caller, token: str, port: int) -> float:
    """Return how many forms, all filled in, are sent and stored each second."""
    cookie = held.settings.cookie_prefix + DRAFT_COOKIE
    form = f"csrf_token={token}".encode()
    requests = []
    for secret in filled_in(held, visitor):
        person = Caller(visitor.app, visitor.cookies | {cookie: base64.urlsafe_b64encode(secret).decode()})
        headers = (("Cookie", person.cookie_line), ("Content-Type", "application/x-www-form-urlencoded"))
        requests.append(Request(LAST, "POST", form, headers))
    seconds, statuses = send_all(port, requests, AT_ONCE)
    if set(statuses) != {302}:
        raise RuntimeError(f"some referrals were not taken: {sorted(set(statuses))}")
    return HOW_MANY / seconds


def action_rate(held: Runtime, visitor: Caller) -> float:
    """Return how many the action alone seals and stores each second, one after another."""
    secrets = filled_in(held, visitor)
    sent = Submission(
        team_id="south-east-london-dsr",
        area_id="south-east-london",
        document=ROW[:4000],
        form_version=1,
        schema_hash="0" * 64,
        due_on=None,
        holders=Holders(Holder.YOU),
        counted=Counted(is_adult=True, is_helped=False),
    )
    started = time.perf_counter()
    for secret in secrets:
        submit_referral(held.engine, secret, sent, pepper=held.settings.pepper, now=held.now())
    return len(secrets) / (time.perf_counter() - started)


def filled_in(held: Runtime, visitor: Caller) -> list[bytes]:
    """Copy the visitor's draft for many other people; return the secret of each copy."""
    own = base64.urlsafe_b64decode(visitor.cookies[held.settings.cookie_prefix + DRAFT_COOKIE])
    now = held.now()
    with writing(held.engine) as session:
        found = get_draft(session, row_id(own), now)
        if found is None:
            raise RuntimeError("the visitor's draft is gone")
        content = unlock(own, found[1], "draft")
        secrets = [new_secret() for _ in range(HOW_MANY)]
        for secret in secrets:
            put_draft(session, row_id(secret), lock(secret, content, "draft"), now, now + DAY)
    return secrets


def bare_rate(folder: Path) -> float:
    """Return how many rows as large a bare SQLite file takes each second, each durable before the next."""
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, content BLOB)")
        started = time.perf_counter()
        for _ in range(HOW_MANY * 5):
            connection.execute("INSERT INTO bare (content) VALUES (?)", (ROW,))
        return HOW_MANY * 5 / (time.perf_counter() - started)
