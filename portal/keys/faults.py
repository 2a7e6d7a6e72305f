"""What can stand in the way of an act on keys and kits, for who calls the acts."""

from portal.keys.kits import NoKit
from portal.keys.remove_member import NotYourself, TooFewLeft
from portal.keys.renew_team_key import RenewalUnderWay
from portal.keys.team_kit import MadeElsewhere
from portal.sealing.keys import SealBroken
from portal.sealing.kit import KitFault
from portal.teams.members import NobodyThere
from portal.teams.staff import KeyNotHeld

__all__ = [
    "KeyNotHeld",
    "KitFault",
    "MadeElsewhere",
    "NoKit",
    "NobodyThere",
    "NotYourself",
    "RenewalUnderWay",
    "SealBroken",
    "TooFewLeft",
]
