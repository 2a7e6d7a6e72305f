"""The staff's forms say what is wrong beside the field and above, and lose nothing that may be shown again."""

from flask import Flask

from tests.support.staff_member import StaffMember, referral_for

TEAM = "gloucestershire-dsr"


def test_an_invitation_with_a_wrong_address_keeps_what_was_typed(member: StaffMember) -> None:
    member.open(f"/staff/teams/{TEAM}")
    page = member.press(f"/staff/teams/{TEAM}/invite", name="Zoë New", email="nowhere", role="lead")
    assert member.page.status_code == 400
    assert page.count("Enter an email address, like name@nhs.net") == 2
    assert 'value="Zoë New"' in page
    assert 'value="nowhere"' in page


def test_the_words_of_a_wrong_kit_are_never_shown_again(member: StaffMember) -> None:
    member.open(f"/staff/teams/{TEAM}")
    page = member.press(f"/staff/teams/{TEAM}/kit/prove", words="quetzal " * 24)
    assert member.page.status_code == 400
    assert 'href="#words-to-prove"' in page
    assert "quetzal" not in page.replace("Word 1 (“quetzal”)", "")


def test_an_offer_says_what_is_not_chosen_and_keeps_what_is(app: Flask, member: StaffMember) -> None:
    reference = referral_for(app, TEAM, b"{}")
    member.open(f"/staff/referrals/{reference}/offer")
    page = member.press(f"/staff/referrals/{reference}/offer", reason="moved")
    assert member.page.status_code == 400
    assert "Select a team" in page
    assert "Select a reason" not in page
    assert 'value="moved" checked' in page
