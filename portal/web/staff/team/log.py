"""The log, for leads and auditors: who did what to which envelope, never what was inside."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from portal.teams.look import AuditBroken, Line, check_log, look_at_log
from portal.web.frame.access import access
from portal.web.frame.runtime import LONDON, runtime
from portal.web.frame.texts import say as _
from portal.web.staff.forms import MarkForm
from portal.web.staff.guard import at_work
from portal.web.staff.roles import for_roles
from portal.web.staff.team.event_words import event_words

Answer = AnyResponse | str | tuple[str, int]
ON_A_PAGE = 50
HEAD = ("line", "at", "event", "by", "team", "subject", "detail", "hash")


def add_log_pages(staff: Blueprint) -> None:
    """Add the pages."""
    staff.add_url_rule("/log", "log", log)
    staff.add_url_rule("/log/check", "log_check", check, methods=["POST"])
    staff.add_url_rule("/log.csv", "log_csv", as_csv)


@access("staff")
@for_roles("lead", "auditor")
def log() -> Answer:
    """Show the newest lines, fifty at a time."""
    return _shown()


@access("staff")
@for_roles("lead", "auditor")
def check() -> Answer:
    """Check the whole chain, and that a mark from an earlier mail is in it."""
    mark = MarkForm().mark.data.lower()
    try:
        lines = check_log(runtime().engine, mark)
    except AuditBroken as fault:
        return _shown(problem=_("The log was tampered with: %(fault)s. Tell whoever runs this service.", fault=fault))
    words = _("All %(lines)s lines are whole and in order.", lines=lines)
    return _shown(checked=f"{words} {_('The mark is among them.')}" if mark else words)


@access("staff")
@for_roles("lead", "auditor")
def as_csv() -> Answer:
    """Give every line of one's own teams as a CSV file."""
    found = look_at_log(runtime().engine, at_work())
    body = "".join(_csv_lines(found.lines, found.people))
    headers = {"Content-Disposition": "attachment; filename=log.csv"}
    return Response(body, mimetype="text/csv", headers=headers)


def _csv_lines(lines: Sequence[Line], names: Mapping[str, str]) -> Iterator[str]:
    for row in (HEAD, *(_cells(line, names) for line in reversed(lines))):
        out = io.StringIO()
        csv.writer(out).writerow(_harmless(cell) for cell in row)
        yield out.getvalue()


def _cells(line: Line, names: Mapping[str, str]) -> tuple[str, ...]:
    at = line.at.isoformat(timespec="seconds")
    by = who(line.actor, names)
    return (str(line.id), at, line.event, by, line.team or "", line.subject or "", line.detail, line.hash)


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def who(actor: str, names: Mapping[str, str]) -> str:
    """Return an actor's name."""
    kind, _colon, member_id = actor.partition(":")
    if kind == "member":
        return names.get(member_id, member_id)
    return {"public": _("The person"), "system": _("The service")}.get(actor, actor)


def _shown(problem: str = "", checked: str = "") -> str:
    before = request.args.get("before", "")
    start = int(before) if before.isascii() and before.isdigit() and len(before) < 12 else None
    found = look_at_log(runtime().engine, at_work(), before=start, limit=ON_A_PAGE + 1)
    lines, names = found.lines, found.people
    rows = [
        [
            str(line.id),
            line.at.astimezone(LONDON).strftime("%d.%m.%Y %H:%M"),
            event_words(line.event),
            who(line.actor, names),
            found.teams.get(line.team or "", ""),
            names.get(line.subject or "", line.subject or ""),
        ]
        for line in lines[:ON_A_PAGE]
    ]
    older = url_for("staff.log", before=lines[ON_A_PAGE - 1].id) if len(lines) > ON_A_PAGE else ""
    (mark,) = MarkForm(formdata=None).shown
    return render_template("staff/log.html", rows=rows, older=older, problem=problem, checked=checked, mark=mark)
