"""The log's events in plain words."""

from collections.abc import Mapping
from types import MappingProxyType

from portal.form.question import N_
from portal.web.frame.texts import say as _

EVENT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "referral.received": N_("A referral arrived"),
        "referral.opened": N_("Opened a referral"),
        "referral.state_changed": N_("Moved a referral on"),
        "referral.consent_taken_back": N_("Consent was taken back"),
        "referral.erased": N_("A referral’s sealed copy was erased"),
        "referral.taken_up": N_("Took a referral to work on"),
        "referral.given_back": N_("Gave a referral back to the queue"),
        "referral.exported": N_("Took a copy of a referral"),
        "referral.offered": N_("Offered a referral to another team"),
        "referral.taken": N_("Took a referral from another team"),
        "referral.sent_back": N_("An offer ended: the referral stays where it was"),
        "referral.handed_over": N_("Handed a referral over from a team that stopped"),
        "referral.confirmed": N_("Confirmed that the team’s copy is whole"),
        "referral.escalated": N_("Told the area that nobody collected a referral"),
        "queue.unlocked": N_("Unlocked the queue to search it"),
        "note.added": N_("Added a note"),
        "message.received": N_("A message arrived"),
        "message.opened": N_("Opened a message"),
        "person.came_back": N_("The person came back with their code"),
        "person.wish_changed": N_("The person chose whether to be told of news"),
        "person.told": N_("Told the person where it stands"),
        "staff.signed_in": N_("Signed in"),
        "staff.sign_in_failed": N_("A sign-in failed"),
        "staff.signed_out": N_("Signed out"),
        "mail.tried_again": N_("Let mail be tried again"),
        "team.created": N_("Set up the team"),
        "team.ready": N_("The team became ready"),
        "team.epoch_made": N_("Made a new key for the team"),
        "team.key_shared": N_("Let somebody in: shared the team’s key"),
        "team.key_renewed": N_("Finished renewing the team’s key"),
        "team.went_offline": N_("The team keeps its key away from this service from now on"),
        "team.lapsed": N_("The team stopped; its referrals went to another"),
        "member.invited": N_("Invited somebody"),
        "member.created": N_("Set themselves up"),
        "member.joined": N_("Joined the team"),
        "member.made_lead": N_("Made somebody a lead of the team"),
        "member.left": N_("Removed somebody from the team"),
        "member.reset_allowed": N_("Allowed somebody to make a new key"),
        "member.new_key": N_("Made a new key of their own"),
        "member.new_passphrase": N_("Made a new passphrase"),
        "member.new_recovery_code": N_("Made a new recovery code of their own"),
        "member.passkey_added": N_("Added a passkey"),
        "member.passkey_removed": N_("Removed a passkey"),
        "member.new_authenticator": N_("Began to use a new authenticator app"),
        "area.role_given": N_("Gave somebody a role for the area"),
        "recovery.kit_made": N_("Made a recovery kit"),
        "recovery.canary_opened": N_("Proved that a recovery kit opens"),
    }
)


def event_words(event: str) -> str:
    """Return an event in words; one that has none yet, by its name."""
    return _(EVENT_WORDS.get(event, "")) or event
