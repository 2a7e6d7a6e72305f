"""The queue: four lists, page by page; and, after unlocking, a search by name that leaves no name behind."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal.areas.routing import registers_of
from portal.database.engine import reading
from portal.domain.referral import State
from portal.form.question import N_
from portal.referrals.messages import unopened
from portal.referrals.offers import offers_of
from portal.referrals.queries import Listed, listed, waiting_for
from portal.referrals.unlock import MOST, unlock_queue
from portal.referrals.worklist import PAGE_LENGTH, DeskLine, count_states, page_of_queue
from portal.web.form.voice import ChoiceView, FieldView
from portal.web.frame.access import access
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.formatting import SETTLED, brief_day_words, brief_moment_words, due_words, state_words
from portal.web.staff.guard import at_work
from portal.web.staff.queue.search import Named, matching, named_lines

Answer = Response | str | tuple[str, int]
LONGEST_SEARCH = 150
LISTS = {
    "waiting": (N_("Waiting"), (State.WAITING,)),
    "in-progress": (N_("In progress"), (State.IN_PROGRESS,)),
    "collected": (N_("Collected"), (State.COLLECTED,)),
    "closed": (N_("Closed"), (State.CLOSED, State.ERASED)),
}
NEWEST_FIRST = ("collected", "closed")


def add_queue_pages(staff: Blueprint) -> None:
    """Add the pages."""
    staff.add_url_rule("/", "queue", queue)
    staff.add_url_rule("/search", "search", search, methods=["GET", "POST"])


@access("staff")
def queue() -> Answer:
    """Show what waits for the member's own teams."""
    return show_queue(request.args.get("show", ""), request.args.get("after"))


@access("staff")
def search() -> Answer:
    """Unlock the queue for this one answer and search it; what was typed stands in no address."""
    if request.method != "POST":
        return redirect(url_for("staff.queue"), 303)
    words = request.form.get("words", "").replace("\x00", "")[:LONGEST_SEARCH].strip()
    register = request.form.get("register", "")[:LONGEST_SEARCH]
    held, staff = runtime(), at_work()
    unlocked = unlock_queue(held.engine, staff, held.now())
    found = matching(named_lines(unlocked), words, register)
    page, after = _page_of(found, request.form.get("after", ""))
    with reading(held.engine) as session:
        new = unopened(session, staff.team_ids)
    return render_template(
        "staff/search.html",
        count=len(found),
        looked_at=len(unlocked) if len(unlocked) == MOST else 0,
        head=[_("Reference"), _("Name"), *_head()],
        rows=[[_link(each.line.reference), _name(each), *_cells(each.line, new)] for each in page],
        fields=search_fields(words, register),
        words=words,
        register=register,
        after=after,
    )


def show_queue(shown: str = "", after: str | None = None, *, problem: str = "") -> str:
    """Return a page of one of the lists, and on its first page what comes before everything else."""
    shown = shown if shown in LISTS else "waiting"
    staff = at_work()
    with reading(runtime().engine) as session:
        new = unopened(session, staff.team_ids)
        first: list[Listed] = []
        if after is None:
            first = waiting_for(session, staff.team_ids, [State.WITHDRAWN])
            first += listed(session, new, SETTLED)
        newest_first = shown in NEWEST_FIRST
        page = page_of_queue(session, staff.team_ids, LISTS[shown][1], after=after, newest_first=newest_first)
        counts = count_states(session, staff.team_ids)
        offered = sum(each.to_team in staff.team_ids for each in offers_of(session, staff.team_ids))
    return render_template(
        "staff/queue.html",
        offered=offered,
        opens_here=not all(team.is_offline for team in staff.teams),
        teams=[team.name for team in staff.teams],
        tabs=[_tab(name, shown, counts) for name in LISTS],
        title=_(LISTS[shown][0]),
        head=[_("Reference"), *_head()],
        first=[[_link(each.reference), *_plain_cells(each, new)] for each in first],
        rows=[[_link(each.reference), *_cells(each, new)] for each in page.lines],
        fields=search_fields(),
        next_url=None if page.after is None else url_for("staff.queue", show=shown, after=page.after),
        first_url=None if after is None else url_for("staff.queue", show=shown),
        problem=problem,
    )


def search_fields(words: str = "", register: str = "") -> list[FieldView]:
    """Return the fields of the search: words, and the register where the member's areas keep several."""
    hint = _("This opens your team’s referrals for this search only. The log notes it.")
    label = _("A name, a part of a name, or a reference")
    fields = [FieldView("words", "words", "text", label, hint, words, autocomplete="off", spellcheck=False)]
    registers = list(dict.fromkeys(_registers()))
    if registers:
        choices = [ChoiceView("", _("All registers"), "", "", not register, divider_before=False)]
        choices += [ChoiceView(each, each, "", "", each == register, divider_before=False) for each in registers]
        fields.append(FieldView("register", "register", "select", _("Register"), choices=choices))
    return fields


def _registers() -> Iterator[str]:
    for area_id in dict.fromkeys(team.area_id for team in at_work().teams):
        area = runtime().areas.get(area_id)
        if area is not None:
            yield from registers_of(area)


def _page_of(found: Sequence[Named], after: str) -> tuple[Sequence[Named], str]:
    references = [each.line.reference for each in found]
    begin = references.index(after) + 1 if after in references else 0
    page = found[begin : begin + PAGE_LENGTH]
    return page, page[-1].line.reference if begin + PAGE_LENGTH < len(found) else ""


def _tab(name: str, shown: str, counts: Any) -> dict[str, object]:
    words, states = LISTS[name]
    count = sum(counts.get(state, 0) for state in states)
    return {"text": f"{_(words)} ({count})", "url": url_for("staff.queue", show=name), "current": name == shown}


def _head() -> list[str]:
    team = [_("Team")] if len(at_work().teams) > 1 else []
    return [*team, _("Received"), _("Contact the person"), _("State"), _("Taken by"), _("Collect")]


def _cells(line: DeskLine, new: Collection[str]) -> list[str]:
    about = _about(line, new)
    if not line.is_here and line.state != State.ERASED:
        about[-1] += _(". The copy here was erased")
    return [*about, line.taken_name or _("Nobody"), _tick(line)]


def _plain_cells(line: Listed, new: Collection[str]) -> list[str]:
    return _about(line, new)


def _about(line: Listed, new: Collection[str]) -> list[str]:
    staff = at_work()
    team = [each.name for each in staff.teams if each.id == line.team_id] if len(staff.teams) > 1 else []
    return [
        *team,
        brief_moment_words(line.received_at),
        _due(line),
        state_words(line.state) + (_(". New message") if line.reference in new else ""),
    ]


def _due(line: Listed) -> str:
    today, is_done = runtime().today(), line.state in SETTLED
    words = due_words(line.due_on, today, is_done=is_done, words_of=brief_day_words)
    is_late = not is_done and line.due_on is not None and line.due_on < today
    return Markup("<strong>{}</strong>").format(words) if is_late else words


def _link(reference: str) -> Markup:
    return Markup('<a class="app-reference" href="{}">{}</a>').format(
        url_for("staff.referral", reference=reference), reference
    )


def _tick(line: DeskLine) -> str:
    if line.state == State.WITHDRAWN or not line.is_here:
        return ""
    label = _("Collect %(reference)s", reference=line.reference)
    return Markup('<input class="app-tick" type="checkbox" name="reference" value="{}" aria-label="{}">').format(
        line.reference, label
    )


def _name(each: Named) -> str:
    if each.is_broken:
        return _("Does not open")
    words = Markup('<span class="app-words" dir="auto">{}</span>').format(each.name or _("No name"))
    hints = [_(each.heading)] if each.heading else []
    if each.twins:
        hints.append(_("Same name and date of birth as %(references)s", references=", ".join(each.twins)))
    return words + Markup("").join(Markup("<br><strong>{}</strong>").format(hint) for hint in hints)
