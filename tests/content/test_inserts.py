"""Every insert that a page may name has its template."""

from portal.content.loading import PORTAL
from portal.content.pages import INSERTS


def test_every_insert_has_its_template() -> None:
    templates = {path.stem for path in (PORTAL / "templates" / "inserts").glob("*.html")}
    assert INSERTS - templates == set()
