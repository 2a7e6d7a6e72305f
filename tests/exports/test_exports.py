"""Referrals as files: JSON, CSV, and everything in one zip."""

import csv
import io
import json
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.exports.files import FORMULA, as_csv, as_json, as_zip, columns, unformulated
from portal.exports.pdf import Printer
from portal.exports.referral import Referral, read_referral
from tests.exports.builders import HELPED, a_cover, a_referral, sealed_document
from tests.support.form import QUESTIONS


def rows_of(*referrals: Referral) -> list[dict[str, str]]:
    """Return the table as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(as_csv(referrals, QUESTIONS).decode("utf-8-sig"))))


def test_json_holds_the_document_as_it_was_sealed_and_the_outside() -> None:
    whole = json.loads(as_json(a_referral()))
    assert whole["as_sealed"] == json.loads(sealed_document())
    assert whole["outside"]["reference"] == "AB3-7KM-X2Q"
    assert whole["outside"]["confirmation_code"] == "maple river stone"
    assert whole["outside"]["envelope_id"] == "5f" * 16


def test_json_keeps_an_unknown_form_as_text() -> None:
    assert json.loads(as_json(read_referral(b"not json", a_cover())))["as_sealed"] == "not json"


def test_a_row_has_the_answers_in_words() -> None:
    row = rows_of(a_referral())[0]
    assert row["full_name"] == "Rahima Begum"
    assert row["date_of_birth"] == "2001-02-01"
    assert row["council"] == "Southwark"
    assert row["disability"] == "Both"
    assert row["happening"] == "I need more help than I get now; I may have to leave my home or placement"
    assert row["happening.happening_words"] == "আমি ভালো নেই।\nMy brother shouts. I do not sleep."
    assert row["area_name"] == "South East London"
    assert row["form_language"] == "en"
    assert row["language"] == "Bengali"


def test_a_helpers_row_speaks_about_the_person() -> None:
    row = rows_of(a_referral(HELPED))[0]
    assert row["diagnosis"] == "They are waiting for an assessment"
    assert row["needs"].startswith("Easy Read")
    assert row["helper.helper_name"] == "Amina Begum"
    assert row["team_must"].startswith("Check that the child understands")


def test_a_row_says_the_interpreters_language_as_such() -> None:
    assert "Language for the interpreter: Bengali" in rows_of(a_referral())[0]["access_needs"].split("; ")


def test_every_column_has_a_name_of_its_own_and_each_row_all_of_them() -> None:
    assert len(columns(QUESTIONS)) == len(set(columns(QUESTIONS)))
    assert [list(row) for row in rows_of(a_referral(), a_referral(HELPED))] == [columns(QUESTIONS), columns(QUESTIONS)]


@pytest.mark.parametrize(
    "typed", ["=1+1", "+44 7700 900123", "-2", "@SUM(A1)", "\t=1", "＝1", '=HYPERLINK("x")', "  =1"]
)
def test_what_a_spreadsheet_would_run_stays_text(typed: str) -> None:
    assert rows_of(a_referral(helps={"helps": typed}))[0]["helps"] == f"'{typed}"


@given(typed=st.text(max_size=30))
def test_no_cell_begins_as_a_formula(typed: str) -> None:
    assert unformulated(typed)[:1] not in FORMULA
    assert unformulated(typed).lstrip()[:1] not in FORMULA
    assert unformulated(typed).removeprefix("'") == typed.removeprefix("'")


def test_answers_of_another_form_are_not_lost() -> None:
    document = json.loads(sealed_document())
    document["answers"]["shoe_size"] = {"shoe_size": "7"}
    row = rows_of(read_referral(json.dumps(document).encode(), a_cover()))[0]
    assert json.loads(row["other_answers"]) == {"shoe_size": {"shoe_size": "7"}}


def test_an_unknown_form_is_a_row_too() -> None:
    row = rows_of(read_referral(b"not json", a_cover()))[0]
    assert (row["reference"], row["other_answers"]) == ("AB3-7KM-X2Q", "not json")


def test_a_zip_has_a_folder_for_each_kind(printer: Printer) -> None:
    referrals = [a_referral(), a_referral(HELPED, a_cover("CD4-8LN-Y3R")), read_referral(b"?", a_cover("EF5-9MP-Z4S"))]
    with ZipFile(io.BytesIO(as_zip(referrals, QUESTIONS, printer))) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == [
            "csv/referrals.csv",
            *(f"fhir/{each.cover.reference}.json" for each in referrals),
            *(f"json/{each.cover.reference}.json" for each in referrals),
            *(f"pdf/{each.cover.reference}.pdf" for each in referrals),
        ]
        assert archive.read("json/AB3-7KM-X2Q.json") == as_json(referrals[0])
        assert archive.read("pdf/CD4-8LN-Y3R.pdf").startswith(b"%PDF")
        assert archive.read("csv/referrals.csv") == as_csv(referrals, QUESTIONS)


def test_the_same_referrals_give_the_same_zip(printer: Printer) -> None:
    assert as_zip([a_referral()], QUESTIONS, printer) == as_zip([a_referral()], QUESTIONS, printer)


def test_nothing_at_all_is_an_empty_zip(printer: Printer) -> None:
    assert ZipFile(io.BytesIO(as_zip([], QUESTIONS, printer))).namelist() == []
