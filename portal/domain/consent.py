"""Who may say yes to joining, and what the team must still check.

The table follows the five areas' own pages, the Mental Capacity Act 2005 for people of 16 and over, and
Gillick competence for younger ones. The law speaks of parental responsibility where one area's page says
"parent or carer": we ask, and the team decides. Nobody is ever asked to certify that another person
cannot decide.
"""

from dataclasses import dataclass
from enum import StrEnum

from portal.domain.answers import AgeBand
from portal.domain.facts import Facts


class Pathway(StrEnum):
    """How a yes came about."""

    OWN = "own"
    YOUNG_PERSON_OWN = "young_person_own"
    CHILD_OWN = "child_own"
    PARENT_FOR_CHILD = "parent_for_child"
    CHILD_WITHOUT_PARENTAL_RESPONSIBILITY = "child_without_parental_responsibility"
    BEST_INTERESTS = "best_interests"
    LEGAL_DECISION_MAKER = "legal_decision_maker"
    TALK_FIRST = "talk_first"


@dataclass(frozen=True)
class Consent:
    """The pathway, why it applies, and what the team does before it adds anyone; sealed with the referral."""

    pathway: Pathway
    reason: str
    team_must: str | None = None

    @property
    def is_to_check(self) -> bool:
        """Whether the team has something to check before the yes counts."""
        return self.team_must is not None


def consent_of(facts: Facts) -> Consent:
    """Return how this referral was agreed to, from answers in which somebody said yes or "talk to me first"."""
    if facts.wants_to_talk_first():
        return _talk_first(facts)
    if facts.is_under_16():
        return _under_16(facts)
    if facts.may_not_be_able_to_decide():
        return _may_not_be_able(facts)
    if facts.age_band() is AgeBand.FROM_16_TO_17:
        return _said_yes(facts, Pathway.YOUNG_PERSON_OWN, "The young person is 16 or 17 and decides for themselves")
    return _said_yes(facts, Pathway.OWN, "The person is an adult and decides for themselves")


def _talk_first(facts: Facts) -> Consent:
    """Return "talk to me first", with what the team must know of who may decide when it talks."""
    reason = "They asked the team to talk to them first. They have not agreed to join."
    must = "Talk to the person and ask for their decision before adding them."
    if facts.is_under_16():
        reason += " They are under 16."
        must += " Check that they understand (Gillick competence), or ask someone with parental responsibility."
    elif facts.may_not_be_able_to_decide():
        later = _may_not_be_able(facts)
        reason += f" {later.reason}"
        must += f" {later.team_must}"
    return Consent(Pathway.TALK_FIRST, reason, must)


def _said_yes(facts: Facts, pathway: Pathway, reason: str) -> Consent:
    if facts.is_helper():
        return Consent(
            pathway, f"{reason}. Their helper told us that they say yes.", "Hear the yes from the person themselves."
        )
    return Consent(pathway, f"{reason}. They said yes.")


def _under_16(facts: Facts) -> Consent:
    """Return a child's pathway; what the helper says of the child's own view stands beside a yes that it belies."""
    consent = _under_16_by_yes(facts)
    if not facts.is_helper() or not facts.child_does_not_want_this():
        return consent
    return Consent(
        consent.pathway,
        f"{consent.reason} The helper also says that the child does not want this.",
        f"Talk to the child first. {consent.team_must}",
    )


def _under_16_by_yes(facts: Facts) -> Consent:
    if facts.is_for_me():
        return Consent(
            Pathway.CHILD_OWN,
            "The child is under 16 and said yes themselves.",
            "Check that they understand what they agree to (Gillick competence).",
        )
    if facts.person_says_yes() and not facts.has_parental_responsibility():
        return Consent(
            Pathway.CHILD_WITHOUT_PARENTAL_RESPONSIBILITY,
            "The child is under 16 and says yes. The helper may not have parental responsibility.",
            "Check that the child understands (Gillick competence), or ask someone with parental responsibility.",
        )
    if facts.has_parental_responsibility():
        return Consent(
            Pathway.PARENT_FOR_CHILD,
            "The child is under 16. Someone who says that they have parental responsibility said yes.",
            "Confirm parental responsibility, and hear the child's own view.",
        )
    return Consent(
        Pathway.CHILD_WITHOUT_PARENTAL_RESPONSIBILITY,
        "The child is under 16 and may not be able to decide. The helper may not have parental responsibility.",
        "Ask someone with parental responsibility before adding the child.",
    )


def _may_not_be_able(facts: Facts) -> Consent:
    if facts.someone_decides_by_law():
        return Consent(
            Pathway.LEGAL_DECISION_MAKER,
            "The person may not be able to decide. The helper says that someone may decide for them by law.",
            "Check the papers of the deputy or attorney, and the person's capacity for this decision.",
        )
    return Consent(
        Pathway.BEST_INTERESTS,
        "The person may not be able to decide. Nobody has certified this.",
        "Have capacity assessed. If they cannot decide, hold a best interests meeting before adding them.",
    )
