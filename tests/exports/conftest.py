"""The printer that the documents' tests share: typst reads its fonts once."""

import pytest

from portal.exports.fonts import Fonts
from portal.exports.pdf import Printer
from tests.support.tree import ROOT

FONTS = ROOT / "static" / "build" / "fonts"


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    """Give the fonts that `npm run build` copied."""
    return Fonts.load(FONTS)


@pytest.fixture(scope="session")
def printer(fonts: Fonts) -> Printer:
    """Give a printer that keeps nothing."""
    return Printer(fonts)
