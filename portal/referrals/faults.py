"""What can stand in the way of an act on a referral, for who calls the acts."""

from portal.domain.referral import MoveRefused
from portal.referrals.acts import NotOffered, NotYours
from portal.referrals.queries import ChangedMeanwhile
from portal.sealing.codes import NotACode
from portal.sealing.keys import SealBroken
from portal.teams.staff import KeyNotHeld

__all__ = ["ChangedMeanwhile", "KeyNotHeld", "MoveRefused", "NotACode", "NotOffered", "NotYours", "SealBroken"]
