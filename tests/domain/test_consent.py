"""Each row of the consent table, by name."""

from portal.domain.consent import Pathway, consent_of
from tests.support.people import an_adult, born, facts_of, helped


def test_adult_who_can_decide_says_yes() -> None:
    consent = consent_of(facts_of(an_adult()))
    assert consent.pathway is Pathway.OWN
    assert not consent.is_to_check


def test_adult_with_a_helper_is_still_heard() -> None:
    consent = consent_of(facts_of(helped()))
    assert consent.pathway is Pathway.OWN
    assert consent.team_must == "Hear the yes from the person themselves."


def test_16_and_17_decide_for_themselves() -> None:
    consent = consent_of(facts_of(an_adult(date_of_birth=born(16))))
    assert consent.pathway is Pathway.YOUNG_PERSON_OWN


def test_a_parents_yes_alone_does_not_settle_it_at_17() -> None:
    consent = consent_of(facts_of(helped("parent_carer", date_of_birth=born(17))))
    assert consent.pathway is Pathway.YOUNG_PERSON_OWN
    assert consent.is_to_check


def test_under_16_alone_may_decide_and_the_team_confirms() -> None:
    consent = consent_of(facts_of(an_adult(date_of_birth=born(15))))
    assert consent.pathway is Pathway.CHILD_OWN
    assert "Gillick" in (consent.team_must or "")


def test_under_16_with_parental_responsibility() -> None:
    answers = helped("parent_carer", date_of_birth=born(9), parental_responsibility={"parental_responsibility": "yes"})
    consent = consent_of(facts_of(answers))
    assert consent.pathway is Pathway.PARENT_FOR_CHILD
    assert "own view" in (consent.team_must or "")


def test_under_16_without_parental_responsibility_waits_for_someone_who_has_it() -> None:
    for said in ("no", "not_sure"):
        answers = helped(
            date_of_birth=born(9),
            person_agrees={"person_agrees": "may_not_be_able"},
            parental_responsibility={"parental_responsibility": said},
        )
        consent = consent_of(facts_of(answers))
        assert consent.pathway is Pathway.CHILD_WITHOUT_PARENTAL_RESPONSIBILITY
        assert "parental responsibility" in (consent.team_must or "")


def test_may_lack_capacity_goes_to_best_interests_and_nobody_certifies() -> None:
    consent = consent_of(facts_of(helped(person_agrees={"person_agrees": "may_not_be_able"})))
    assert consent.pathway is Pathway.BEST_INTERESTS
    assert "Nobody has certified" in consent.reason


def test_16_to_17_may_lack_capacity_too() -> None:
    answers = helped(date_of_birth=born(16), person_agrees={"person_agrees": "may_not_be_able"})
    assert consent_of(facts_of(answers)).pathway is Pathway.BEST_INTERESTS


def test_deputy_or_attorney_has_their_papers_checked() -> None:
    for said in ("deputy", "attorney"):
        answers = helped(
            person_agrees={"person_agrees": "may_not_be_able"}, legal_decision_maker={"legal_decision_maker": said}
        )
        consent = consent_of(facts_of(answers))
        assert consent.pathway is Pathway.LEGAL_DECISION_MAKER
        assert "papers" in (consent.team_must or "")


def test_talk_to_me_first_is_no_yes_at_any_age() -> None:
    for age in (9, 16, 40):
        answers = an_adult(date_of_birth=born(age), consent={"consent": "talk_to_me"})
        consent = consent_of(facts_of(answers))
        assert consent.pathway is Pathway.TALK_FIRST
        assert "not agreed" in consent.reason


def test_talk_first_does_not_hide_that_they_may_not_be_able_to_decide() -> None:
    answers = helped(
        person_agrees={"person_agrees": "may_not_be_able"},
        legal_decision_maker={"legal_decision_maker": "deputy"},
        consent={"consent": "talk_to_me"},
    )
    assert "papers" in (consent_of(facts_of(answers)).team_must or "")


def test_talk_first_does_not_hide_that_they_are_under_16() -> None:
    consent = consent_of(facts_of(an_adult(date_of_birth=born(12), consent={"consent": "talk_to_me"})))
    assert "parental responsibility" in (consent.team_must or "")


def test_a_child_who_does_not_want_it_is_heard_first_whatever_the_helper_says() -> None:
    for responsible in ("yes", "no"):
        answers = helped(
            "parent_carer",
            date_of_birth=born(13),
            parental_responsibility={"parental_responsibility": responsible},
            young_person_view={"young_person_view": "does_not_want"},
        )
        consent = consent_of(facts_of(answers))
        assert "the child does not want this" in consent.reason
        assert "Talk to the child first" in (consent.team_must or "")
