"""axe-core on the page that a browser shows, with every rule on: best practices, AAA and experimental ones too."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selenium.webdriver.remote.webdriver import WebDriver

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RUN = """
    const [done] = arguments;
    const rules = Object.fromEntries(axe.getRules().map(rule => [rule.ruleId, {enabled: true}]));
    axe.run(document, {rules, resultTypes: ["violations"]}).then(
        result => done({violations: result.violations}),
        fault => done({fault: String(fault)}),
    );
"""


@dataclass(frozen=True)
class Finding:
    """One element that breaks one rule."""

    rule: str
    impact: str
    target: str
    html: str
    advice: str

    def __str__(self) -> str:
        """One line for a failing test."""
        return f"{self.rule} ({self.impact}): {self.target}\n      {self.html[:200]}\n      {self.advice}"


def findings(driver: WebDriver) -> list[Finding]:
    """Run every rule on the page; return what breaks one. Raises RuntimeError where axe itself stumbles."""
    if not driver.execute_script("return window.axe !== undefined"):  # half a megabyte: once for each page
        driver.execute_script(AXE.read_text(encoding="utf-8"))
    result: dict[str, Any] = driver.execute_async_script(RUN)
    if "fault" in result:
        raise RuntimeError(f"axe-core stumbled: {result['fault']}")
    return [_finding(rule, node) for rule in result["violations"] for node in rule["nodes"]]


def _finding(rule: dict[str, Any], node: dict[str, Any]) -> Finding:
    advice = " ".join((node.get("failureSummary") or rule["help"]).split())
    return Finding(rule["id"], str(rule["impact"]), str(node["target"]), node["html"], advice)
