"""Check the areas' files, the built-in ones and a deployment's own, with their Easy Read words."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.areas.loading import read_areas
from portal.areas.sentences import sentences_of
from portal.content.area_words import load_all_area_words
from portal.content.loading import load_content
from portal.content.tables import ContentFault
from portal.linter.words import question_faults


@dataclass(frozen=True)
class Checked:
    """One line for each fault, and each sentence that has no Easy Read wording yet."""

    faults: Sequence[str]
    not_easy: Sequence[str]


def check_areas(own: Path | None) -> Checked:
    """Return every fault of the area files at once. `own` is the deployment's folder, or none."""
    areas, faults = read_areas(own)
    told = [str(fault) for fault in faults]
    try:
        content = load_content(own=own)
        words = load_all_area_words("en", own)
    except ContentFault as fault:
        return Checked([*told, str(fault)], ())
    sentences = dict.fromkeys(sentences_of(areas)) if areas else {}
    own_questions = [question.question for question in areas.questions] if areas else []
    told += [str(fault) for question in own_questions for fault in question_faults(content, question)]
    return Checked(told, [sentence for sentence in sentences if sentence not in words])
