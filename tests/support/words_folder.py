"""A small, faultless portal folder to break in one place."""

from pathlib import Path

from portal.form.validation import sentences_of

MANIFEST = """
[credits]
openmoji = "OpenMoji"
own = "Drawn here"

[pictures.home]
source = "openmoji"
code = "1F3E0"
alt = "A house"

[pictures.talk]
source = "own"
file = "talk.svg"
alt = "Two people talking"
"""
WORDS = """
["carer"]
say = "A person who helps you."
also = ["carers"]

["doctor"]
say = "A person who helps you when you are ill."
everyday = true
"""
STANDARD = """
title = "The colours"
summary = "What the colours mean."
[[blocks]]
p = "People decide your colour. [Read about consent](page:consent)."
"""
EASY = """
title = "The colours"
summary = "What the colours mean."
[[blocks]]
picture = "home"
say = "A **carer** helps you at home."
[[blocks]]
picture = "talk"
say = "You can talk to your **doctor**. This person helps you when you are ill."
"""
QUESTION = """
ask = "Where do you live?"
picture = "home"
[choices.where.home]
say = "At home"
"""


ERRORS = "\n".join(f'[[errors]]\ntext = "{text}"\nsay = "Please check this."' for text in sentences_of(()))


def a_folder(tmp_path: Path, **changed: str) -> Path:
    """Return a portal folder in which the named files hold something else."""
    portal = tmp_path / "portal"
    files = {
        "content/pictures.toml": changed.get("manifest", MANIFEST),
        "content/pages/colours.toml": changed.get("standard", STANDARD),
        "easyread/en/words.toml": changed.get("words", WORDS),
        "easyread/en/errors.toml": changed.get("errors", ERRORS),
        "easyread/en/colours.toml": changed.get("easy", EASY),
        "easyread/en/apply/where.toml": changed.get("question", QUESTION),
    }
    for name, text in files.items():
        path = portal / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    drawing = tmp_path / "static" / "pictures" / "talk.svg"
    drawing.parent.mkdir(parents=True)
    drawing.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    return portal


def easy_with(line: str) -> str:
    """Return the Easy Read page with one more line."""
    return f'{EASY}[[blocks]]\npicture = "home"\nsay = "{line}"\n'


def standard_with(block: str) -> str:
    """Return the standard page with one more block."""
    return f"{STANDARD}[[blocks]]\n{block}\n"
