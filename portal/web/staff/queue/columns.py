"""The columns of the queue: each is declared once, with its heading and the template that shows its cell of a row."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from portal.domain.referral import SETTLED, State
from portal.form.question import N_
from portal.referrals.queue import DeskLine, Listed
from portal.teams.staff import StaffSession
from portal.web.frame.runtime import runtime
from portal.web.frame.texts import say as _
from portal.web.staff.formatting import brief_day_words, brief_moment_words, due_words, state_words
from portal.web.staff.guard import at_work
from portal.web.staff.queue.search import Named


@dataclass(frozen=True)
class Row:
    """What the cells of one line may show."""

    line: Listed
    has_new_message: bool
    named: Named | None = None

    @property
    def reference(self) -> str:
        """Its reference, which leads to it."""
        return self.line.reference

    @property
    def team(self) -> str:
        """The name of its team."""
        return next((team.name for team in at_work().teams if team.id == self.line.team_id), "")

    @property
    def received(self) -> str:
        """When it came."""
        return brief_moment_words(self.line.received_at)

    @property
    def due(self) -> str:
        """By when the person is to be contacted."""
        is_done = self.line.state in SETTLED
        return due_words(self.line.due_on, runtime().today(), is_done=is_done, words_of=brief_day_words)

    @property
    def is_late(self) -> bool:
        """Whether that day is over."""
        due = self.line.due_on
        return self.line.state not in SETTLED and due is not None and due < runtime().today()

    @property
    def state(self) -> str:
        """Where it stands."""
        return state_words(self.line.state)

    @property
    def copy_is_erased(self) -> bool:
        """Whether its sealed copy went after it was collected."""
        return isinstance(self.line, DeskLine) and not self.line.is_here and self.line.state != State.ERASED

    @property
    def taken_by(self) -> str | None:
        """The name of who works on it."""
        return self.line.taken_name if isinstance(self.line, DeskLine) else None

    @property
    def can_collect(self) -> bool:
        """Whether it may be ticked."""
        return isinstance(self.line, DeskLine) and self.line.is_here and self.line.state != State.WITHDRAWN


@dataclass(frozen=True)
class Column:
    """One column: its name, its heading, and who sees it at all."""

    name: str
    heading: str
    is_for: Callable[[StaffSession], bool] = lambda _staff: True

    @property
    def template(self) -> str:
        """The template of its cells; it is given the `row`."""
        return f"staff/cells/{self.name}.html"


COLUMNS = [
    Column("reference", N_("Reference")),
    Column("name", N_("Name")),
    Column("team", N_("Team"), lambda staff: len(staff.teams) > 1),
    Column("received", N_("Received")),
    Column("due", N_("Contact the person")),
    Column("state", N_("State")),
    Column("taken", N_("Taken by")),
    Column("collect", N_("Collect")),
]
SEALED = frozenset({"name"})
"""Columns that stand only where the queue was unlocked."""

FIRST = frozenset({"reference", "team", "received", "due", "state"})
"""Columns of what comes before everything else."""


@dataclass(frozen=True)
class Cell:
    """A row, and the template that shows one column of it."""

    template: str
    row: Row


@dataclass(frozen=True)
class Table:
    """Headings and cells, always as many in each row."""

    head: list[str]
    rows: list[list[Cell]]


def queue_table(lines: Sequence[Listed], new: Collection[str]) -> Table:
    """Return the table of a list."""
    return _table([Row(line, line.reference in new) for line in lines], lambda name: name not in SEALED)


def first_table(lines: Sequence[Listed], new: Collection[str]) -> Table:
    """Return the table of what comes first."""
    return _table([Row(line, line.reference in new) for line in lines], FIRST.__contains__)


def named_table(lines: Sequence[Named], new: Collection[str]) -> Table:
    """Return the table of what was found, with names."""
    return _table([Row(each.line, each.line.reference in new, each) for each in lines], lambda _name: True)


def _table(rows: Sequence[Row], wanted: Callable[[str], bool]) -> Table:
    columns = [each for each in COLUMNS if wanted(each.name) and each.is_for(at_work())]
    return Table(
        [_(each.heading) for each in columns], [[Cell(each.template, row) for each in columns] for row in rows]
    )
