"""A referral as a FHIR R4 Bundle: ServiceRequest, Patient, RelatedPerson, Consent and QuestionnaireResponse.

Plain dictionaries: the library that knows all of FHIR takes 140 ms and 25 MiB to import, so only the tests hold every
bundle against it. Codes and references follow hl7.org/fhir/R4; nothing is coded that nobody asked the person: no
gender, no priority, no diagnosis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from portal.exports.referral import Item, Referral

Resource = dict[str, Any]

NHS_NUMBER_SYSTEM = "https://fhir.nhs.uk/Id/nhs-number"
CONSENT_SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"
LOINC = "http://loinc.org"
REQUEST = "Request to join the Dynamic Support Register"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
"""What no FHIR string may hold."""


def bundle_of(referral: Referral) -> Resource:
    """Return the bundle; the same referral always gives the same one."""
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{_uuid(referral, 'Bundle')}"},
        "timestamp": referral.cover.exported.astimezone(UTC).isoformat(timespec="seconds"),
        "entry": [
            {"fullUrl": _urn(referral, resource["resourceType"]), "resource": resource}
            for resource in _resources(referral)
        ],
    }


def _resources(referral: Referral) -> Iterator[Resource]:
    yield _service_request(referral)
    yield _patient(referral)
    if referral.told.is_helper():
        yield _related_person(referral)
    if not referral.unread:
        yield _consent(referral)
    yield _response(referral)


def _service_request(referral: Referral) -> Resource:
    cover = referral.cover
    supporting = ["QuestionnaireResponse", *([] if referral.unread else ["Consent"])]
    notes = [f"Confirmation code: {cover.code}" if cover.code else "", referral.routing, *referral.access_needs]
    return _without_nothing(
        {
            "resourceType": "ServiceRequest",
            "id": _id(referral, "ServiceRequest"),
            "identifier": [{"type": {"text": "Reference of the referral"}, "value": cover.reference}],
            "status": "active",
            "intent": "proposal",
            "code": {"text": REQUEST},
            "subject": _to(referral, "Patient"),
            "authoredOn": _sent_on(referral),
            "requester": _author(referral),
            "performer": [{"display": _clean(f"{cover.team}, {cover.area}")}],
            "supportingInfo": [_to(referral, name) for name in supporting],
            "note": [{"text": _clean(text)} for text in notes if _clean(text)],
        }
    )


def _patient(referral: Referral) -> Resource:
    told = referral.told
    number, born = re.sub(r"\D", "", told.nhs_number()), told.birth_date()
    *lines, town = told.address()
    surgery = _clean(told.surgery_name())
    return _without_nothing(
        {
            "resourceType": "Patient",
            "id": _id(referral, "Patient"),
            "identifier": [{"system": NHS_NUMBER_SYSTEM, "value": number}] if len(number) == 10 else [],
            "name": _name(referral.name),
            "birthDate": born.isoformat() if born else "",
            "telecom": _telecom(told.phone(), told.email()),
            "address": [
                _without_nothing(
                    {
                        "line": [_clean(line) for line in lines if _clean(line)],
                        "city": _clean(town),
                        "postalCode": _clean(told.postcode()),
                    }
                )
            ],
            "communication": _languages(referral),
            "generalPractitioner": [{"display": surgery}] if surgery else [],
        }
    )


def _related_person(referral: Referral) -> Resource:
    helper = referral.told
    relationship = _clean(helper.helper_relationship())
    return _without_nothing(
        {
            "resourceType": "RelatedPerson",
            "id": _id(referral, "RelatedPerson"),
            "patient": _to(referral, "Patient"),
            "relationship": [{"text": relationship}] if relationship else [],
            "name": _name(helper.helper_name()),
            "telecom": _telecom(helper.helper_phone(), helper.helper_email()),
        }
    )


def _consent(referral: Referral) -> Resource:
    """Return the consent: "active" only where the person decides and said so; else it is "proposed", to be checked."""
    policy = " ".join(text for text in (referral.consent, referral.team_must) if text)
    return _without_nothing(
        {
            "resourceType": "Consent",
            "id": _id(referral, "Consent"),
            "status": "active" if referral.is_settled else "proposed",
            "scope": {"coding": [{"system": CONSENT_SCOPE, "code": "patient-privacy", "display": "Privacy Consent"}]},
            "category": [{"coding": [{"system": LOINC, "code": "59284-0"}]}],
            "patient": _to(referral, "Patient"),
            "dateTime": _sent_on(referral),
            "performer": [_author(referral)],
            "sourceReference": _to(referral, "QuestionnaireResponse"),
            "policyRule": {"text": _clean(policy) or REQUEST},
        }
    )


def _response(referral: Referral) -> Resource:
    sections = [
        _without_nothing({"linkId": f"{number}.{section.key}", "text": _clean(section.title), "item": items})
        for number, section in enumerate(referral.sections, start=1)
        if (items := [_answered(item) for item in section.items if _lines(item)])
    ]
    unread = _clean(referral.unread)
    if unread:
        sections = [{"linkId": "unread", "text": "The whole document", "answer": [{"valueString": unread}]}]
    return _without_nothing(
        {
            "resourceType": "QuestionnaireResponse",
            "id": _id(referral, "QuestionnaireResponse"),
            "questionnaire": f"urn:uuid:{uuid5(NAMESPACE_URL, str(referral.document.get('schema', '')))}",
            "status": "completed",
            "subject": _to(referral, "Patient"),
            "authored": _sent_on(referral),
            "author": _author(referral),
            "source": _author(referral),
            "item": sections,
        }
    )


def _answered(item: Item) -> Resource:
    answers = [{"valueString": line} for line in _lines(item)]
    return _without_nothing({"linkId": _clean(item.key), "text": _clean(item.question), "answer": answers})


def _lines(item: Item) -> list[str]:
    return [line for line in map(_clean, item.answers) if line]


def _author(referral: Referral) -> Resource:
    return _to(referral, "RelatedPerson" if referral.told.is_helper() else "Patient")


def _name(text: str) -> list[Resource]:
    return [{"use": "usual", "text": _clean(text)}] if _clean(text) else []


def _telecom(phone: str, email: str) -> list[Resource]:
    pairs = (("phone", _clean(phone)), ("email", _clean(email)))
    return [{"system": system, "value": value} for system, value in pairs if value]


def _languages(referral: Referral) -> list[Resource]:
    language = _clean(referral.told.interpreter_language())
    return [{"language": {"text": language}, "preferred": True}] if language else []


def _sent_on(referral: Referral) -> str:
    try:
        return date.fromisoformat(str(referral.document.get("sent_on"))).isoformat()
    except ValueError:
        return referral.cover.received.date().isoformat()


def _to(referral: Referral, name: str) -> Resource:
    return {"reference": _urn(referral, name), "type": name}


def _urn(referral: Referral, name: str) -> str:
    return f"urn:uuid:{_uuid(referral, name)}"


def _id(referral: Referral, name: str) -> str:
    return str(_uuid(referral, name))


def _uuid(referral: Referral, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"{referral.cover.envelope_id}/{name}")


def _clean(text: str) -> str:
    return CONTROL.sub("", text).strip()


def _without_nothing(resource: Resource) -> Resource:
    """Return it without what is empty: FHIR allows no empty value. A dictionary of nothing goes with it."""
    return {key: value for key, value in resource.items() if value not in ("", [], {}, [{}])}
