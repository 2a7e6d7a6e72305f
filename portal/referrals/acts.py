"""What a team may do to one referral, each act said once; and the one door through which it is done.

From an act's declaration follow who may do it and in which states (the guard, and whether the page has its button),
which line it writes in the log, and what it shows the person.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from types import MappingProxyType

from portal.audit.queries import EVENTS, by_member, record
from portal.database.engine import Session
from portal.domain.referral import DONE, OPEN, MoveRefused, State
from portal.referrals.monthly_counts import count_answered
from portal.referrals.news import add_news
from portal.referrals.offers import Offer, get_offer
from portal.referrals.queries import ChangedMeanwhile, Sealed, change, get_sealed
from portal.referrals.retention import is_confirmed
from portal.referrals.worklist import taken_by
from portal.sealing.codes import NotACode, parse_reference
from portal.sealing.envelope import envelope_id
from portal.teams.staff import NotAllowed, Role, StaffSession

Detail = Mapping[str, str | int]
NO_DETAIL: Detail = MappingProxyType({})
TEAM: tuple[Role, ...] = ("member", "lead")
HERE = (*OPEN, *DONE)
"""Consent stands."""


class NotYours(LookupError):
    """No such referral, or one of another team: to this member they are the same."""


class NotOffered(LookupError):
    """There is no such offer to this member's teams, or of theirs."""


@dataclass(frozen=True)
class OwnReferral:
    """A referral inside a transaction, with what decides what the member at work may do to it now."""

    session: Session
    staff: StaffSession
    sealed: Sealed

    @cached_property
    def state(self) -> State:
        """Where it stands."""
        return State(self.sealed.state)

    @cached_property
    def holder(self) -> tuple[str, str] | None:
        """Id and name of the colleague who has taken it."""
        return taken_by(self.session, self.sealed.reference)

    @property
    def is_mine(self) -> bool:
        """Whether the member at work has taken it."""
        return self.holder is not None and self.holder[0] == self.staff.member_id

    @cached_property
    def offer(self) -> Offer | None:
        """The offer to another team."""
        return get_offer(self.session, self.sealed.reference)

    @cached_property
    def is_checked(self) -> bool:
        """Whether the team has checked its own copy."""
        return is_confirmed(self.session, self.sealed.reference)

    def may(self, act: "Act") -> bool:
        """Tell whether the act may be done, and is not done already: then the page has its button."""
        return self._is_possible(act) and not act.is_done(self) and self._role(act) in act.who

    def needs(self, act: "Act") -> None:
        """Raise NotAllowed, or MoveRefused, where the act cannot be done."""
        if self._role(act) not in act.who:
            raise NotAllowed(f"{act.name} is for {' or '.join(act.who)}")
        if not self._is_possible(act):
            raise MoveRefused(f"{act.name} cannot be done to a referral that is {self.state}")

    def finish(
        self, act: "Act", now: datetime, *, team: str = "", envelope: bytes = b"", detail: Detail = NO_DETAIL
    ) -> None:
        """Move the referral where the act leads, show the person, and write the log's line.

        `team` is whose log it is, where another's than the referral's was; `envelope` what was done, where it is not
        the referral's own.
        """
        session, reference = self.session, self.sealed.reference
        if act.to is not None:
            change(session, self.sealed, None, state=act.to, **act.values)
        if act.to not in {None, self.state}:
            count_answered(session, self.sealed, State(act.to), now)
            add_news(session, reference, State(act.to), now)
        if act.tells:
            add_news(session, reference, act.tells, now, once=True)
        names = {"envelope": envelope_id(envelope or self.sealed.envelope)} if "envelope" in EVENTS[act.logs] else {}
        actor, owner = by_member(self.staff.member_id), team or self.sealed.team_id
        record(session, act.logs, at=now, actor=actor, team=owner, subject=reference, **names, **detail)

    def _role(self, act: "Act") -> str | None:
        team = self.offer.to_team if act.is_for_offered and self.offer else self.sealed.team_id
        return self.staff.role_in(team)

    def _is_possible(self, act: "Act") -> bool:
        return self.state in act.on and bool(self.sealed.envelope) and act.only_if(self)


def never(_own: OwnReferral) -> bool:
    """Say no."""
    return False


def always(_own: OwnReferral) -> bool:
    """Say yes."""
    return True


def is_offered(own: OwnReferral) -> bool:
    """Tell whether it is on offer to another team."""
    return own.offer is not None


@dataclass(frozen=True)
class Act:
    """Something that a team does to a referral. All of them need its sealed copy.

    `on`: the states it may be done in. `logs`: the event, whose keys the log declares. `to`: the state it leads to,
    which the person sees; `values`: what else that makes of the row. `tells`: another line that the person sees, once.
    `is_done`: then doing it again does nothing. `is_for_offered`: it is for the team that the referral is on offer to.
    `by_version`: only as the page showed it, so that of two at once one is told.
    """

    name: str
    on: tuple[State, ...]
    logs: str
    to: State | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    tells: str = ""
    who: tuple[Role, ...] = TEAM
    only_if: Callable[[OwnReferral], bool] = always
    is_done: Callable[[OwnReferral], bool] = never
    is_for_offered: bool = False
    by_version: bool = False


EMPTIED = {"envelope": b"", "bucket": 0, "team_key_id": "", "key_ids": "", "due_on": None, "next_action_on": None}
WITH_COPY = (*HERE, State.WITHDRAWN)

OPEN_SEAL = Act("open_seal", WITH_COPY, "referral.opened", tells="opened")
READ_MESSAGE = Act("read_message", WITH_COPY, "message.opened")
TAKE = Act(
    "take",
    HERE,
    "referral.taken_up",
    to=State.IN_PROGRESS,
    by_version=True,
    is_done=lambda own: own.is_mine and own.state in OPEN,
)
GIVE_BACK = Act(
    "give_back", OPEN, "referral.given_back", to=State.WAITING, by_version=True, only_if=lambda own: own.is_mine
)
COLLECT = Act(
    "collected",
    OPEN,
    "referral.state_changed",
    to=State.COLLECTED,
    by_version=True,
    is_done=lambda own: own.state is State.COLLECTED,
)
CLOSE = Act(
    "closed",
    (*OPEN, State.COLLECTED),
    "referral.state_changed",
    to=State.CLOSED,
    by_version=True,
    is_done=lambda own: own.state is State.CLOSED,
)
NOTE = Act("note", HERE, "note.added")
TELL = Act("tell", HERE, "person.told")
EXPORT = Act("export", HERE, "referral.exported")
CONFIRM = Act("confirm", HERE, "referral.confirmed", is_done=lambda own: own.is_checked)
ERASE = Act(
    "erase",
    (State.WITHDRAWN,),
    "referral.erased",
    to=State.ERASED,
    by_version=True,
    values=EMPTIED,
    is_done=lambda own: own.state is State.ERASED,
)
OFFER = Act("offer", HERE, "referral.offered", only_if=lambda own: not is_offered(own))
WITHDRAW_OFFER = Act("withdraw_offer", WITH_COPY, "referral.sent_back", only_if=is_offered)
OPEN_OFFER = Act("open_offer", WITH_COPY, "referral.opened", only_if=is_offered, is_for_offered=True)
TAKE_OFFER = Act("take_offer", WITH_COPY, "referral.taken", only_if=is_offered, is_for_offered=True)
SEND_BACK = Act("send_back", WITH_COPY, "referral.sent_back", only_if=is_offered, is_for_offered=True)

ACTS = tuple(each for each in list(vars().values()) if isinstance(each, Act))
"""Every act on a referral."""


def own_referral(session: Session, staff: StaffSession, reference: str, *, to_change: bool = False) -> OwnReferral:
    """Return a referral of the member's own teams; `to_change` locks it until the commit. Raises NotYours.

    Every act locks the referral before anything else, so that two at once never see half of each other's work
    (a note sealed for the old team while another takes the referral) and never wait for each other in a circle.
    """
    sealed = get_sealed(session, reference, staff.team_ids, to_change=to_change)
    if sealed is None:
        raise NotYours("no such referral in your teams' queues")
    return OwnReferral(session, staff, sealed)


def offered_referral(session: Session, staff: StaffSession, reference: str, *, to_change: bool = False) -> OwnReferral:
    """Return a referral that is on offer to the member's teams, locked as above. Raises NotOffered."""
    # The offer is read first to know whose it is, and again under the lock: it may be over by then.
    first = get_offer(session, reference)
    sealed = None if first is None else get_sealed(session, reference, [first.from_team], to_change=to_change)
    own = None if sealed is None or not sealed.envelope else OwnReferral(session, staff, sealed)
    if own is None or own.offer is None or own.offer.to_team not in staff.team_ids:
        raise NotOffered("no such offer to your teams")
    return own


def begin(
    act: Act, session: Session, staff: StaffSession, reference: str, version: int | None = None
) -> OwnReferral | None:
    """Lock a referral for an act; None where it is done already.

    `version` is the one that the member saw. Raises NotYours, NotAllowed, MoveRefused, or ChangedMeanwhile.
    """
    own = own_referral(session, staff, reference, to_change=True)
    if act.is_done(own):
        return None
    own.needs(act)
    if version is not None and version != own.sealed.version:
        raise ChangedMeanwhile(f"{reference} was changed by somebody else")
    return own


def is_reference(typed: str) -> bool:
    """Tell whether this is a reference exactly as ours are written."""
    try:
        return parse_reference(typed) == typed
    except NotACode:
        return False
