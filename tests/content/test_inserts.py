"""Every insert that a page may name has its template, and every template of an insert has its name."""

from portal.content.loading import PORTAL
from portal.content.pages import INSERTS


def test_inserts_and_their_templates_are_the_same() -> None:
    templates = {path.stem for path in (PORTAL / "templates" / "inserts").glob("*.html")}
    assert templates == INSERTS
