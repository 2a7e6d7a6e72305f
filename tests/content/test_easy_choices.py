"""A choice in Easy Read speaks to the person, and to a helper about them."""

from pathlib import Path

import pytest

from portal.content.easy import EasyReader
from portal.content.pages import EasyChoice, EasyQuestion, Word
from portal.content.pictures import Picture, Pictures
from portal.content.tables import ContentFault

HOUSE = Pictures({"home": Picture("home", "A house", "own", "Drawn here", file="home.svg")})
WORDS = {"gp": Word("GP", "Your doctor.")}


def the_question(folder: Path, choice: str) -> EasyQuestion:
    (folder / "apply").mkdir()
    text = f'ask = "What is it called?"\npicture = "home"\n[choices.gp.none]\n{choice}\n'
    (folder / "apply" / "gp.toml").write_text(text, encoding="utf-8")
    return next(EasyReader("en", folder, WORDS, HOUSE).questions())


def test_a_choice_may_have_a_helper_wording_a_hint_and_a_picture(tmp_path: Path) -> None:
    question = the_question(
        tmp_path,
        'say = "I have none"\nsay_helper = "They have none"\nhint = "That is fine"\npicture = "home"',
    )
    assert question.choices["gp"]["none"] == EasyChoice("I have none", "They have none", "That is fine", "", "home")


def test_a_hard_word_in_a_choice_is_explained_with_the_question(tmp_path: Path) -> None:
    assert the_question(tmp_path, 'say = "I have no **GP**"').words == (WORDS["gp"],)


def test_a_choice_refuses_a_key_nobody_reads(tmp_path: Path) -> None:
    with pytest.raises(ContentFault, match="sy_helper: unknown key"):
        the_question(tmp_path, 'say = "I have none"\nsy_helper = "They have none"')


def test_a_choice_refuses_a_picture_that_is_not_in_the_manifest(tmp_path: Path) -> None:
    with pytest.raises(ContentFault, match="no picture is called castle"):
        the_question(tmp_path, 'say = "I have none"\npicture = "castle"')
