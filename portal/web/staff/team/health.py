"""How a team stands, in words: the checklist until it is ready, and what to do where it falls behind later."""

from dataclasses import dataclass
from datetime import datetime

from portal.jobs.remind_about_keys import needs_care
from portal.teams.look import Standing
from portal.web.frame.texts import say as _


@dataclass(frozen=True)
class Step:
    """One line of the checklist."""

    words: str
    is_done: bool


def checklist(standing: Standing) -> list[Step]:
    """Return what a team needs before it may receive, in the order in which it is done."""
    return [
        Step(_("Somebody leads the team and has set themselves up"), standing.is_led),
        Step(_("A recovery kit is made and printed"), standing.has.has_kit),
        Step(_("The kit has proved that it opens"), standing.has.kit_is_proved),
        Step(_("The team has its key"), standing.has.epoch is not None),
        Step(_("Two people hold the key, or one person and the area’s kit"), standing.has.is_held),
    ]


def warnings_of(standing: Standing, now: datetime) -> list[str]:
    """Return what needs doing in a team that is live. Referrals go on arriving meanwhile, sealed as ever."""
    if not standing.is_ready:
        return [_("Your team does not receive referrals yet. The checklist on the team page says what is missing.")]
    found = []
    due = needs_care(standing, now)
    if "holders" in due:
        found.append(_("Too few people hold your team’s key. Invite a colleague, or let somebody in, today."))
    if "drill" in due:
        found.append(_("Your recovery kit was not tried for 90 days. Take it out and type its words in."))
    if "renewal" in due:
        found.append(_("Your team’s key is 90 days old. Renew it on the team page."))
    if standing.renewal_under_way:
        found.append(_("Renewing your team’s key is not finished. Go on with it on the team page."))
    if standing.area_kit_left_out:
        found.append(_("Your area has a new recovery kit. Put it beside your key on the team page."))
    return found
