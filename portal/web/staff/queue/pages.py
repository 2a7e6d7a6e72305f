"""The queue: four lists, page by page; and, after unlocking, a search by name that leaves no name behind."""

from collections.abc import Iterator, Mapping, Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.areas.routing import registers_of
from portal.domain.referral import State
from portal.form.question import N_
from portal.referrals.queue import PAGE_LENGTH, look_at_queue, with_new_messages
from portal.referrals.unlock import MOST, unlock_queue
from portal.web.frame.access import access
from portal.web.frame.fields import ChoiceView, FieldView
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.guard import at_work
from portal.web.staff.queue.columns import first_table, named_table, queue_table
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
    return render_template(
        "staff/search.html",
        count=len(found),
        looked_at=len(unlocked) if len(unlocked) == MOST else 0,
        list=named_table(page, with_new_messages(held.engine, staff)),
        fields=search_fields(words, register),
        words=words,
        register=register,
        after=after,
    )


def show_queue(shown: str = "", after: str | None = None, *, problem: str = "") -> str:
    """Return a page of one of the lists, and on its first page what comes before everything else."""
    shown = shown if shown in LISTS else "waiting"
    staff = at_work()
    found = look_at_queue(runtime().engine, staff, LISTS[shown][1], after=after, newest_first=shown in NEWEST_FIRST)
    return render_template(
        "staff/queue.html",
        offered=found.offered,
        opens_here=not all(team.is_offline for team in staff.teams),
        teams=[team.name for team in staff.teams],
        tabs=[_tab(name, shown, found.counts) for name in LISTS],
        title=_(LISTS[shown][0]),
        first=first_table(found.first, found.new),
        list=queue_table(found.page.lines, found.new),
        fields=search_fields(),
        next_url=None if found.page.after is None else url_for("staff.queue", show=shown, after=found.page.after),
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


def _tab(name: str, shown: str, counts: Mapping[str, int]) -> dict[str, object]:
    words, states = LISTS[name]
    count = sum(counts.get(state, 0) for state in states)
    return {"text": f"{_(words)} ({count})", "url": url_for("staff.queue", show=name), "current": name == shown}
