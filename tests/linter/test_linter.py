"""The words linter fails on each of its rules, and is silent on a faultless folder."""

from dataclasses import replace
from pathlib import Path

import pytest

from portal.domain.facts import Facts
from portal.form.question import Choice, Kind, Question
from portal.linter.words import Fault, check, main_report
from tests.support.words_folder import (
    EASY,
    ERRORS,
    MANIFEST,
    QUESTION,
    STANDARD,
    WORDS,
    a_folder,
    easy_with,
    standard_with,
)

WHERE = Question(key="where", section="home", kind=Kind.CHOICE, ask="Where?", choices=(Choice("home", "At home"),))


def faults(folder: Path) -> list[Fault]:
    return check(folder, (WHERE,))


def rules(folder: Path, *, severe: bool) -> set[str]:
    return {fault.rule for fault in faults(folder) if fault.severe is severe}


def test_a_faultless_folder_has_no_faults(tmp_path: Path) -> None:
    assert faults(a_folder(tmp_path)) == []


def test_the_real_words_have_nothing_severe() -> None:
    assert [str(fault) for fault in check() if fault.severe] == []


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("We will write to you and then we will come to see you at your own home soon.", "sentence-length"),
        ("Sit down. Take your time. Ask us.", "sentences"),
        ("He is suffering from autism.", "banned"),
        ("She is vulnerable.", "banned"),
        ("Nobody else will see it.", "banned"),
        ("You don’t have to.", "contraction"),
        ("It's your choice.", "contraction"),
        ("Bring a friend, e.g. Sam.", "shortened"),
        ("About 10% say yes.", "percent"),
        ("Eat ½ now.", "fraction"),
        ("Eat 1/2 now.", "fraction"),
        ("This is part II of it.", "roman-number"),
        ("It costs 12500 pounds.", "big-number"),
        ("Ask the MDT about it.", "capitals"),
        ("This is VERY good.", "capitals"),
        ("This is *very* good.", "markup"),
        ("This is <b>very</b> good.", "markup"),
        ("You can [click here](page:consent).", "link-words"),
        ("You are on the DSR now.", "capitals"),
        ("You are on the DSR now.", "one-name"),
        ("Send your referral to us.", "one-name"),
    ],
)
def test_a_certain_rule_is_severe(tmp_path: Path, line: str, rule: str) -> None:
    assert rule in rules(a_folder(tmp_path, easy=easy_with(line)), severe=True)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("We will write to you and then we will come to see you soon.", "sentence-length"),
        ("There are two people.", "number-word"),
        ("Call us (any time).", "punctuation"),
        ("Call us; we are here.", "punctuation"),
        ("Call us – we are here.", "punctuation"),
        ("You, your mum, your dad can come.", "commas"),
        ("You come, and we talk.", "commas"),
        ("The form is sent by us.", "passive"),
        ("You cannot say nothing.", "double-negative"),
        ("You should call us.", "vague"),
        ("We keep an eye on it.", "metaphor"),
        ("This is extraordinary.", "long-word"),
    ],
)
def test_a_guess_only_points(tmp_path: Path, line: str, rule: str) -> None:
    folder = a_folder(tmp_path, easy=easy_with(line))
    assert rule in rules(folder, severe=False)
    assert rules(folder, severe=True) == set()


@pytest.mark.parametrize(
    "line",
    [
        "Call [0800 330 8590](tel:08003308590) or text 85258.",
        "The law is from 2025.",
        "The NHS helps you.",
        "We have a **carer** for you.",
        "A doctor is here.",
    ],
)
def test_what_is_fine_is_left_alone(tmp_path: Path, line: str) -> None:
    assert faults(a_folder(tmp_path, easy=easy_with(line + " You can ask."))) == []


def test_a_hard_word_is_bold_at_its_first_use(tmp_path: Path) -> None:
    folder = a_folder(tmp_path, easy=EASY.replace("**carer**", "carer"))
    assert [(fault.rule, fault.where) for fault in faults(folder) if fault.severe] == [("first-use", "line 6")]


def test_a_hard_word_in_a_question_is_explained_there(tmp_path: Path) -> None:
    assert "first-use" in rules(a_folder(tmp_path, question=QUESTION.replace("At home", "With carers")), severe=True)


def test_a_bold_word_is_explained_at_once(tmp_path: Path) -> None:
    easy = EASY.split("[[blocks]]")[0] + '[[blocks]]\npicture = "home"\nsay = "You can ask your **carer**."\n'
    assert "explain-at-once" in rules(a_folder(tmp_path, easy=easy), severe=False)


def test_the_areas_sentences_are_checked_too(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    areas = folder / "easyread" / "en" / "areas"
    areas.mkdir()
    lines = '[[facts.lines]]\npicture = "home"\nsay = "Don’t ask the **ward**."\n'
    (areas / "north.toml").write_text(f'[[facts]]\ntext = "Ask the ward."\n{lines}', encoding="utf-8")
    found = [(fault.file, fault.rule) for fault in faults(folder) if fault.severe]
    assert found == [("easyread/en/areas/north.toml", "contraction"), ("easyread/en/areas/north.toml", "unexplained")]


def test_a_page_needs_headings_and_an_end(tmp_path: Path) -> None:
    lines = '[[blocks]]\npicture = "home"\nsay = "You can come and talk to us here."\n'
    found = rules(a_folder(tmp_path, easy=EASY + lines * 200), severe=False)
    assert {"headings", "page-length", "same-picture"} <= found


def test_a_page_without_its_counterpart_is_severe(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / "content" / "pages" / "about.toml").write_text(STANDARD, encoding="utf-8")
    (folder / "easyread" / "en" / "consent.toml").write_text(EASY, encoding="utf-8")
    missing = {fault.file for fault in faults(folder) if fault.rule == "missing-page"}
    assert missing == {"easyread/en/about.toml", "content/pages/consent.toml"}


def test_a_question_without_easy_read_is_severe(tmp_path: Path) -> None:
    when = Question(key="when", section="home", kind=Kind.TEXT, ask="When?")
    found = [fault for fault in check(a_folder(tmp_path), (WHERE, when)) if fault.severe]
    assert [(fault.rule, fault.file) for fault in found] == [("missing-question", "easyread/en/apply/when.toml")]


def test_another_wording_of_a_question_needs_its_own_easy_read(tmp_path: Path) -> None:
    again = replace(WHERE, key="where_again", ask="Where again?")
    asked = replace(WHERE, other_words=((Facts.is_helper, again),))
    found = [(fault.rule, fault.file) for fault in check(a_folder(tmp_path), (asked,)) if fault.severe]
    assert found == [("missing-question", "easyread/en/apply/where_again.toml")]


def test_what_can_be_wrong_needs_easy_read(tmp_path: Path) -> None:
    asked = replace(WHERE, missing="Select where")
    found = [fault for fault in check(a_folder(tmp_path), (asked,)) if fault.severe]
    assert [(fault.rule, fault.file) for fault in found] == [("missing-error", "easyread/en/errors.toml")]
    assert "Select where" in found[0].advice


def test_what_is_said_of_an_error_has_the_same_rules(tmp_path: Path) -> None:
    errors = ERRORS.replace("Please check this.", "You can’t. From %(few)s.", 1)
    assert rules(a_folder(tmp_path, errors=errors), severe=True) == {"loading"}
    assert rules(a_folder(tmp_path / "2", errors=errors.replace("%(few)s", "9")), severe=True) == {"contraction"}


def test_easy_read_for_no_question_is_severe(tmp_path: Path) -> None:
    assert {fault.rule for fault in check(a_folder(tmp_path), ())} == {"unknown-question"}


def test_every_choice_has_its_easy_read_and_no_other(tmp_path: Path) -> None:
    question = QUESTION.replace("where.home", "where.away") + '[labels]\nwhen = "When"\n'
    found = rules(a_folder(tmp_path, question=question), severe=True)
    assert found == {"missing-choice", "unknown-choice", "unknown-field"}


def test_a_drawing_that_is_not_there_is_severe(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (tmp_path / "static" / "pictures" / "talk.svg").unlink()
    assert rules(folder, severe=True) == {"missing-drawing"}


def test_two_pictures_may_not_say_the_same(tmp_path: Path) -> None:
    manifest = MANIFEST.replace("Two people talking", "A house")
    assert rules(a_folder(tmp_path, manifest=manifest), severe=True) == {"same-alt"}


def test_what_nobody_uses_is_pointed_at(tmp_path: Path) -> None:
    manifest = MANIFEST + '[pictures.moon]\nsource = "openmoji"\ncode = "1F319"\nalt = "A moon"\n'
    words = WORDS + '["ward"]\nsay = "A room in a hospital."\n'
    found = rules(a_folder(tmp_path, manifest=manifest, words=words), severe=False)
    assert found == {"unused-picture", "unused-word"}


def test_a_page_not_yet_written_in_a_language_is_pointed_at(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    (folder / "easyread" / "pl").mkdir()
    unwritten = {fault.file for fault in faults(folder) if fault.rule == "not-written"}
    assert unwritten == {"easyread/pl/colours.toml", "easyread/pl/apply/where.toml"}


@pytest.mark.parametrize(
    ("block", "rule", "severe"),
    [
        ('p = "He is mentally ill."', "banned", True),
        ('p = "The Mental Health Act 2025 is in force."', "banned", True),
        ('p = "Bring a friend, i.e. Sam."', "shortened", True),
        ('p = "[Click here](page:consent)."', "link-words", True),
        (f'p = "{"word " * 21}."', "sentence-length", False),
    ],
)
def test_standard_wording_has_rules_too(tmp_path: Path, block: str, rule: str, severe: bool) -> None:
    assert rules(a_folder(tmp_path, standard=standard_with(block)), severe=severe) == {rule}


def test_a_file_that_does_not_load_is_one_severe_fault(tmp_path: Path) -> None:
    found = faults(a_folder(tmp_path, easy="title = "))
    assert [(fault.file, fault.rule, fault.severe) for fault in found] == [("colours.toml", "loading", True)]


def test_the_report_names_the_line_and_fails_on_severe_ones(tmp_path: Path) -> None:
    text, code = main_report(faults(a_folder(tmp_path, easy=easy_with("You don’t have to."))))
    assert code == 1
    assert text.splitlines()[0] == "easyread/en/colours.toml: line 12: fault: contraction: write “don’t” in full"
    assert text.splitlines()[-1].startswith("1 to mend, 0 to look at.")


def test_the_report_passes_with_only_guesses(tmp_path: Path) -> None:
    assert main_report(faults(a_folder(tmp_path, easy=easy_with("There are two people."))))[1] == 0
