"""A setting that nobody documented might as well not be there."""

from portal.settings import KNOWN
from tests.support.tree import ROOT


def test_every_setting_stands_in_the_deployment_guide() -> None:
    guide = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    assert sorted(name for name in KNOWN if f"`{name}`" not in guide) == []
