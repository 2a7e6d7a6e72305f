"""Every address says who may open it, by `@access(…)` beside its view."""

from typing import get_args

from flask import Flask

from portal.web.frame.access import Audience, audience_of


def audiences(app: Flask) -> dict[str, str | None]:
    """Return each address with who may open it."""
    return {rule.rule: audience_of(app.view_functions[rule.endpoint]) for rule in app.url_map.iter_rules()}


def test_every_address_says_who_may_open_it(app: Flask) -> None:
    assert [rule for rule, audience in audiences(app).items() if audience not in get_args(Audience)] == []


def test_staff_addresses_are_for_staff(app: Flask) -> None:
    told = {rule: audience for rule, audience in audiences(app).items() if rule.startswith("/staff")}
    assert told
    assert {rule: audience for rule, audience in told.items() if audience not in {"staff", "public"}} == {}
    assert {rule for rule, audience in told.items() if audience == "public"} == {
        "/staff/sign-in",
        "/staff/invitation/<token>",
        "/staff/set-up",
        "/staff/forgotten",
    }


def test_nothing_else_is_for_staff(app: Flask) -> None:
    told = audiences(app)
    assert [rule for rule, who in told.items() if who == "staff" and not rule.startswith("/staff")] == []


def test_health_addresses_are_the_two_promised(app: Flask) -> None:
    assert {rule for rule, audience in audiences(app).items() if audience == "health"} == {"/healthz", "/readyz"}
