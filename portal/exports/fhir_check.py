"""Our own check of a bundle: fhir.resources lets a status of "nonsense" and a reference to nothing pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

CODES = {
    ("Bundle", "type"): {"collection"},
    ("ServiceRequest", "status"): {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"},
    ("ServiceRequest", "intent"): {"proposal", "plan", "directive", "order", "original-order", "option"},
    ("Consent", "status"): {"draft", "proposed", "active", "rejected", "inactive", "entered-in-error"},
    ("QuestionnaireResponse", "status"): {"in-progress", "completed", "amended", "entered-in-error", "stopped"},
}
"""Required codes (hl7.org/fhir/R4, required bindings)."""

NEEDED = {
    "ServiceRequest": ("status", "intent", "subject"),
    "Patient": (),
    "RelatedPerson": ("patient",),
    "Consent": ("status", "scope", "category", "policyRule"),
    "QuestionnaireResponse": ("status",),
}
"""Elements that must be there; Consent needs a policy by its rule ppc-1."""

POINTS_AT = {
    ("ServiceRequest", "subject"): {"Patient"},
    ("ServiceRequest", "requester"): {"Patient", "RelatedPerson"},
    ("ServiceRequest", "supportingInfo"): {"Consent", "QuestionnaireResponse"},
    ("RelatedPerson", "patient"): {"Patient"},
    ("Consent", "patient"): {"Patient"},
    ("Consent", "performer"): {"Patient", "RelatedPerson"},
    ("Consent", "sourceReference"): {"QuestionnaireResponse"},
    ("QuestionnaireResponse", "subject"): {"Patient"},
    ("QuestionnaireResponse", "author"): {"Patient", "RelatedPerson"},
    ("QuestionnaireResponse", "source"): {"Patient", "RelatedPerson"},
}
DISPLAY_ONLY = frozenset({("ServiceRequest", "performer"), ("Patient", "generalPractitioner")})
"""Who is named in words only, because no system of ours knows an address for them."""


class BundleFault(Exception):
    """A bundle that other systems would refuse; the message says what is wrong, never what was answered."""


def checked(bundle: dict[str, Any]) -> dict[str, Any]:
    """Return the bundle if nothing is wrong with it. Raises BundleFault."""
    faults = list(faults_of(bundle))
    if faults:
        raise BundleFault("; ".join(faults))
    return bundle


def faults_of(bundle: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong: codes that do not exist, elements missing or empty, references that lead nowhere."""
    yield from _code_faults(bundle)
    kinds = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in bundle["entry"]}
    if len(kinds) != len(bundle["entry"]):
        yield "two entries have the same fullUrl"
    for entry in bundle["entry"]:
        resource = entry["resource"]
        name = resource["resourceType"]
        if name not in NEEDED:
            yield f"{name} is not a resource of a referral"
            continue
        if entry["fullUrl"] != f"urn:uuid:{resource.get('id')}":
            yield f"{name}.id does not agree with its fullUrl"
        yield from (f"{name}.{element} is missing" for element in NEEDED[name] if not resource.get(element))
        yield from _code_faults(resource)
        yield from _reference_faults(resource, kinds)
    yield from _empty(bundle, "Bundle")


def _code_faults(resource: Mapping[str, Any]) -> Iterator[str]:
    name = resource["resourceType"]
    for (owner, element), codes in CODES.items():
        if owner == name and element in resource and resource[element] not in codes:
            yield f"{name}.{element} is not a code of its list"


def _reference_faults(resource: Mapping[str, Any], kinds: Mapping[str, str]) -> Iterator[str]:
    name = resource["resourceType"]
    for element, value in resource.items():
        for target in value if isinstance(value, list) else [value]:
            if not isinstance(target, dict):
                continue
            if "reference" in target:
                found = kinds.get(target["reference"])
                if found is None:
                    yield f"{name}.{element} refers to nothing in the bundle"
                elif found not in POINTS_AT.get((name, element), set()) or target.get("type", found) != found:
                    yield f"{name}.{element} refers to a {found}"
            elif (name, element) in POINTS_AT or ((name, element) in DISPLAY_ONLY and "display" not in target):
                yield f"{name}.{element} refers to nothing"


def _empty(value: object, where: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _empty(each, f"{where}.{key}")
    elif isinstance(value, list):
        for each in value:
            yield from _empty(each, where)
    if value is None or (isinstance(value, str | list | Mapping) and not value):
        yield f"{where} is empty"
    if isinstance(value, str) and value and not value.strip():
        yield f"{where} is blank"
