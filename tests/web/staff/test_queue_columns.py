"""A column of the queue is one declaration and one template; every table stays as wide as its head."""

from pathlib import Path

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader
from sqlalchemy import update

from portal.database.engine import writing
from portal.domain.referral import State
from portal.referrals.tables import ReferralRow
from portal.web.staff.queue import columns
from tests.support.html import elements, parse, text_of
from tests.support.staff_member import StaffMember, a_document, referral_for

TEAM = "gloucestershire-dsr"


def tables(page: str) -> list[tuple[str, set[int]]]:
    """Return each table's head in words, and how many cells its rows have."""
    found = []
    for table in elements(parse(page), "table"):
        head, *rows = elements(table, "tr")
        widths = {len(elements(row, "th") + elements(row, "td")) for row in (head, *rows)}
        found.append((" | ".join(text_of(each) for each in elements(head, "th")), widths))
    return found


@pytest.mark.parametrize("where", ["list", "first and list"])
def test_a_new_column_is_a_declaration_and_a_template(
    app: Flask, member: StaffMember, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    (tmp_path / "staff/cells").mkdir(parents=True)
    (tmp_path / "staff/cells/team_id.html").write_text("{{ row.line.team_id }}")
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader([app.jinja_env.loader, FileSystemLoader(tmp_path)]))
    monkeypatch.setattr(
        columns, "COLUMNS", [*columns.COLUMNS[:4], columns.Column("team_id", "Which"), *columns.COLUMNS[4:]]
    )
    if where != "list":
        monkeypatch.setattr(columns, "FIRST", columns.FIRST | {"team_id"})
    taken_back = referral_for(app, TEAM, a_document())
    referral_for(app, TEAM, a_document())
    with writing(app.extensions["portal"].engine) as session:
        session.execute(update(ReferralRow).where(ReferralRow.reference == taken_back).values(state=State.WITHDRAWN))
    (first, first_widths), (listed, widths) = tables(member.open("/staff/"))
    assert first == "Reference | Received | " + ("" if where == "list" else "Which | ") + "Contact the person | State"
    assert listed == "Reference | Received | Which | Contact the person | State | Taken by | Collect"
    assert (first_widths, widths) == ({len(first.split(" | "))}, {7})
    assert "gloucestershire-dsr" in member.html
    ((found, found_widths),) = tables(member.press("/staff/search", words=""))
    assert found.startswith("Reference | Name | Received | Which")
    assert found_widths == {8}
