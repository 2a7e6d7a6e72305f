"""Every bundle is FHIR R4, by fhir.resources and by our own check of what it lets pass."""

import json
from copy import deepcopy
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.exports.fhir import NHS_NUMBER_SYSTEM, bundle_of
from portal.exports.fhir_check import BundleFault, checked, faults_of
from portal.exports.files import as_fhir
from portal.exports.referral import Referral, read_referral
from tests.exports.builders import ADULT, HELPED, a_cover, a_referral, sealed_document, with_words


def resource(referral: Referral, kind: str) -> dict[str, Any]:
    """Return the one resource of a kind."""
    return next(each["resource"] for each in bundle_of(referral)["entry"] if each["resource"]["resourceType"] == kind)


def kinds(referral: Referral) -> list[str]:
    """Return the kinds of resource in a bundle, in order."""
    return [each["resource"]["resourceType"] for each in bundle_of(referral)["entry"]]


@pytest.mark.parametrize("answers", [ADULT, HELPED], ids=["adult", "helped"])
@pytest.mark.parametrize("consent", ["yes", "talk_to_me"])
def test_a_bundle_is_valid(answers: dict[str, Any], consent: str) -> None:
    made = as_fhir(a_referral(answers, consent={"consent": consent}))
    assert Bundle.model_validate_json(made).type == "collection"


@given(words=st.lists(st.text(max_size=30), max_size=4))
@settings(max_examples=30, deadline=None)
def test_a_bundle_is_valid_whatever_was_typed(words: list[str]) -> None:
    Bundle.model_validate_json(as_fhir(with_words(words)))


def test_a_helper_is_a_related_person_and_the_author() -> None:
    assert kinds(a_referral()) == ["ServiceRequest", "Patient", "Consent", "QuestionnaireResponse"]
    helped = a_referral(HELPED)
    assert "RelatedPerson" in kinds(helped)
    assert resource(helped, "RelatedPerson")["relationship"] == [{"text": "Mother"}]
    assert resource(helped, "ServiceRequest")["requester"]["type"] == "RelatedPerson"


def test_consent_is_active_only_where_the_person_decides_and_said_so() -> None:
    assert resource(a_referral(), "Consent")["status"] == "active"
    assert resource(a_referral(HELPED), "Consent")["status"] == "proposed"
    assert resource(a_referral(consent={"consent": "talk_to_me"}), "Consent")["status"] == "proposed"


def test_nothing_is_coded_that_nobody_was_asked() -> None:
    text = as_fhir(a_referral()).decode()
    assert '"gender"' not in text
    assert '"priority"' not in text


def test_the_patient_has_what_was_typed() -> None:
    patient = resource(a_referral(), "Patient")
    assert patient["name"] == [{"use": "usual", "text": "Rahima Begum"}]
    assert patient["birthDate"] == "2001-02-01"
    assert patient["address"] == [{"line": ["2 High Street"], "city": "London", "postalCode": "SE5 8AF"}]
    assert patient["telecom"] == [{"system": "phone", "value": "07700 900123"}]
    assert patient["communication"] == [{"language": {"text": "Bengali"}, "preferred": True}]


def test_the_nhs_number_has_its_system_only_where_it_was_given() -> None:
    assert "identifier" not in resource(a_referral(), "Patient")
    document = json.loads(sealed_document())
    document["answers"]["nhs_number"] = {"nhs_number": "999 000-0018"}
    patient = resource(read_referral(json.dumps(document).encode(), a_cover()), "Patient")
    assert patient["identifier"] == [{"system": NHS_NUMBER_SYSTEM, "value": "9990000018"}]


def test_every_answer_is_in_the_response() -> None:
    referral = a_referral()
    response = json.dumps(resource(referral, "QuestionnaireResponse"), ensure_ascii=False)
    for section in referral.sections:
        for item in section.items:
            assert all(json.dumps(line, ensure_ascii=False) in response for line in item.answers)


def test_an_unknown_form_is_a_bundle_with_its_text() -> None:
    made = read_referral(b"not json", a_cover())
    Bundle.model_validate_json(as_fhir(made))
    assert kinds(made) == ["ServiceRequest", "Patient", "QuestionnaireResponse"]
    assert resource(made, "QuestionnaireResponse")["item"][0]["answer"] == [{"valueString": "not json"}]


def test_the_same_referral_gives_the_same_bundle() -> None:
    assert as_fhir(a_referral()) == as_fhir(a_referral())
    assert as_fhir(a_referral()) != as_fhir(a_referral(cover=a_cover(envelope_id="60" * 16)))


def broken(change: Any) -> dict[str, Any]:
    """Return a bundle after a change to its resources, by kind."""
    bundle = deepcopy(bundle_of(a_referral(HELPED)))
    change(bundle, {each["resource"]["resourceType"]: each["resource"] for each in bundle["entry"]})
    return bundle


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda _, by: by["ServiceRequest"].update(status="nonsense"), "ServiceRequest.status is not a code"),
        (lambda _, by: by["ServiceRequest"].pop("intent"), "ServiceRequest.intent is missing"),
        (lambda _, by: by["Consent"].update(status="yes"), "Consent.status is not a code"),
        (lambda _, by: by["Consent"].pop("policyRule"), "Consent.policyRule is missing"),
        (lambda bundle, _: bundle.update(type="parcel"), "Bundle.type is not a code"),
        (lambda _, by: by["Consent"]["patient"].update(reference="urn:uuid:0"), "Consent.patient refers to nothing"),
        (
            lambda _, by: by["Consent"].update(patient=by["Consent"]["sourceReference"]),
            "Consent.patient refers to a Que",
        ),
        (lambda _, by: by["RelatedPerson"].update(patient={"display": "x"}), "RelatedPerson.patient refers to nothing"),
        (
            lambda _, by: by["ServiceRequest"].update(performer=[{"type": "x"}]),
            "ServiceRequest.performer refers to noth",
        ),
        (lambda _, by: by["Patient"].update(name=[]), "entry.resource.name is empty"),
        (lambda _, by: by["Patient"].update(birthDate=" "), "entry.resource.birthDate is blank"),
        (lambda _, by: by["Patient"].update(id="other"), "Patient.id does not agree"),
        (lambda _, by: by["Patient"].update(resourceType="Device"), "Device is not a resource of a referral"),
        (lambda bundle, _: bundle["entry"].append(bundle["entry"][0]), "the same fullUrl"),
    ],
)
def test_our_check_finds_what_the_library_lets_pass(change: Any, fault: str) -> None:
    bundle = broken(change)
    assert any(fault in each for each in faults_of(bundle)), list(faults_of(bundle))
    with pytest.raises(BundleFault):
        checked(bundle)


def test_a_fault_never_says_what_was_answered() -> None:
    bundle = broken(lambda _, by: by["Consent"].update(status="Rahima Begum"))
    assert "Rahima" not in "; ".join(faults_of(bundle))
